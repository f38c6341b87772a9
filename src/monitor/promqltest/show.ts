/** Values and results as people read them in a report. */
import { type FloatHistogram, printHistogramNotation } from "../histogram/mod.ts";
import type { QueryResult } from "../promql/value.ts";
import type { EvalCommand } from "./eval_command.ts";
import type { SequenceValue } from "./series.ts";

/** How many series or samples are shown. */
const MAX_SHOWN = 20;

/** A number, a histogram or a place in a sequence. */
export function showValue(value: number | FloatHistogram | SequenceValue): string {
  if (typeof value === "number") return String(value);
  if (!("kind" in value)) return printHistogramNotation(value);
  if (value.kind === "number") return String(value.value);
  if (value.kind === "histogram") return printHistogramNotation(value.histogram);
  return value.kind === "stale" ? "stale" : "_";
}

/** A result, a line for each series. */
export function showResult(result: QueryResult): string[] {
  switch (result.type) {
    case "scalar":
      return [`scalar ${result.value}`];
    case "string":
      return [`string ${JSON.stringify(result.value)}`];
    case "vector":
      return shorten(result.samples.map(({ labels, value }) => `${labels} ${showValue(value)}`));
    case "matrix":
      return shorten(result.series.map(({ labels, times, values, histograms }) => {
        const points = Array.from(
          times,
          (time, i) => `${showValue(histograms?.[i] ?? values[i] ?? NaN)}@${time}`,
        );
        return `${labels} ${shorten(points).join(" ")}`;
      }));
  }
}

/** What a case expects, a line for each series. */
export function showExpected({ failure, result }: EvalCommand): string[] {
  if (failure !== undefined) return [`a failure with ${failure.description}`];
  if (result.kind === "scalar") return [`scalar ${result.value}`];
  if (result.kind === "string") return [`string ${JSON.stringify(result.value)}`];
  return shorten(
    result.series.map(({ labels, values }) =>
      `${labels} ${shorten(values.map((value) => showValue(value))).join(" ")}`
    ),
  );
}

function shorten(lines: string[]): string[] {
  if (lines.length === 0) return ["nothing"];
  if (lines.length <= MAX_SHOWN) return lines;
  return [...lines.slice(0, MAX_SHOWN), `… and ${lines.length - MAX_SHOWN} more`];
}
