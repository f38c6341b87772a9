/** Answers of both sides in one form, so that they can be compared. */
import { type HistogramJson, histogramToJson } from "../histogram/mod.ts";
import { Labels } from "../labels.ts";
import { QueryError } from "../promql/errors.ts";
import type { QueryResult } from "../promql/value.ts";
import type { QueryAnswer } from "../promqltest/compare.ts";
import type { ApiAnswer } from "./prometheus.ts";

/** A sample: its time in milliseconds, and its value. */
export type Point = readonly [time: number, value: number | string | HistogramJson];

/** A series of an answer; a scalar and a string are one without labels. */
export interface AnswerSeries {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

/** What a side said. */
export type Answer =
  | { readonly kind: "error"; readonly type: string; readonly message: string }
  | {
    readonly kind: "result";
    readonly type: QueryResult["type"];
    readonly series: readonly AnswerSeries[];
    readonly warnings: readonly string[];
    readonly infos: readonly string[];
  };

/** What our engine gives. Rejects with what it throws but QueryError, which is an answer. */
export async function ourAnswer(ask: () => Promise<QueryAnswer>): Promise<Answer> {
  try {
    const { result, warnings, infos } = await ask();
    return { kind: "result", type: result.type, series: seriesOf(result), warnings, infos };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { kind: "error", type: error.type, message: error.message };
  }
}

function seriesOf(result: QueryResult): AnswerSeries[] {
  switch (result.type) {
    case "scalar":
    case "string":
      return [{ labels: Labels.EMPTY, points: [[result.time, result.value]] }];
    case "vector":
      return result.samples.map(({ labels, value }) => ({
        labels,
        points: [[result.time, typeof value === "number" ? value : histogramToJson(value)]],
      }));
    case "matrix":
      return result.series.map(({ labels, times, values, histograms }) => ({
        labels,
        points: Array.from(times, (time, i): Point => {
          const histogram = histograms?.[i];
          return [time, histogram === undefined ? values[i] ?? NaN : histogramToJson(histogram)];
        }),
      }));
  }
}

/** What Prometheus gives. */
export function theirAnswer({ data, errorType, error, warnings, infos }: ApiAnswer): Answer {
  if (data === undefined) return { kind: "error", type: errorType ?? "", message: error ?? "" };
  return {
    kind: "result",
    type: data.resultType as QueryResult["type"],
    series: readSeries(data),
    warnings: warnings ?? [],
    infos: infos ?? [],
  };
}

type JsonPoint = readonly [seconds: number, value: string | HistogramJson];

interface JsonSeries {
  readonly metric: Record<string, string>;
  readonly value?: JsonPoint;
  readonly histogram?: JsonPoint;
  readonly values?: readonly JsonPoint[];
  readonly histograms?: readonly JsonPoint[];
}

function readSeries({ resultType, result }: NonNullable<ApiAnswer["data"]>): AnswerSeries[] {
  if (resultType === "string") {
    const [seconds, value] = result as [number, string];
    return [{ labels: Labels.EMPTY, points: [[milliseconds(seconds), value]] }];
  }
  if (resultType === "scalar") {
    return [{ labels: Labels.EMPTY, points: [readPoint(result as JsonPoint)] }];
  }
  return (result as JsonSeries[]).map(({ metric, value, histogram, values, histograms }) => ({
    labels: Labels.from(metric),
    points: [value, histogram, ...values ?? [], ...histograms ?? []]
      .filter((point) => point !== undefined).map(readPoint).sort((a, b) => a[0] - b[0]),
  }));
}

function readPoint([seconds, value]: JsonPoint): Point {
  return [milliseconds(seconds), typeof value === "string" ? readNumber(value) : value];
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}

/** A number as the API writes it. */
export function readNumber(text: string): number {
  return text === "+Inf" ? Infinity : text === "-Inf" ? -Infinity : Number(text);
}
