import { printHistogramNotation } from "../../histogram/mod.ts";
import type { Queryable } from "../../samples.ts";
import { Engine, type EngineOptions } from "../engine.ts";
import type { QueryResult } from "../value.ts";
import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import { fixtureStorage } from "./storage_fixture.ts";

/** A store, or the lines to fill one from. */
export type Data = Queryable | string;

/**
 * Asks a query at a time in seconds, 5 minutes unless told otherwise, and gives lines as
 * {@linkcode showResult} does.
 */
export async function ask(
  data: Data,
  query: string,
  { at = 300, ...options }: EngineOptions & { readonly at?: number } = {},
): Promise<string[]> {
  const engine = new Engine(options);
  const { result } = await engine.instant(storageFrom(data), { query, time: at * 1000 });
  return showResult(result);
}

/** Asks a query at times in seconds; by default each of the first five minutes. */
export async function askRange(
  data: Data,
  query: string,
  { from = 0, to = 240, step = 60, ...options }:
    & EngineOptions
    & { readonly from?: number; readonly to?: number; readonly step?: number } = {},
): Promise<string[]> {
  const engine = new Engine(options);
  const { result } = await engine.range(storageFrom(data), {
    query,
    start: from * 1000,
    end: to * 1000,
    step: step * 1000,
  });
  return showResult(result);
}

/** The warnings and infos of a query at a time in seconds. */
export async function askNotes(
  data: Data,
  query: string,
  { at = 300, ...options }: EngineOptions & { readonly at?: number } = {},
): Promise<string[]> {
  const engine = new Engine(options);
  const evaluation = await engine.instant(storageFrom(data), { query, time: at * 1000 });
  return [...evaluation.warnings, ...evaluation.infos];
}

function storageFrom(data: Data): Queryable {
  return typeof data === "string" ? fixtureStorage(data) : data;
}

/** A line for each series: `up{job="a"} 1`, and in a matrix `up{job="a"} 1@0 2@60`. */
export function showResult(result: QueryResult): string[] {
  switch (result.type) {
    case "scalar":
      return [String(result.value)];
    case "string":
      return [result.value];
    case "vector":
      return result.samples.map(({ labels, value }) => `${labels} ${showValue(value)}`);
    case "matrix":
      return result.series.map(({ labels, times, values, histograms }) => {
        const samples = Array.from(
          times,
          (time, i) => `${showValue(histograms?.[i] ?? values[i] ?? NaN)}@${time / 1000}`,
        );
        return `${labels} ${samples.join(" ")}`;
      });
  }
}

function showValue(value: number | FloatHistogram): string {
  return typeof value === "number" ? String(value) : printHistogramNotation(value);
}
