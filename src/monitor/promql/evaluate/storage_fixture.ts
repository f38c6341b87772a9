/**
 * A store for tests, filled from lines such as `up{job="a"} 1 2 _ 3+1x4 stale`.
 *
 * @module
 */
import { type FloatHistogram, parseHistogramNotation } from "../../histogram/mod.ts";
import { Labels } from "../../labels.ts";
import type { Matcher, Queryable, Samples, Series, TimeRange } from "../../samples.ts";
import { parseMatchers } from "../parse/mod.ts";

/** Series with a sample at every step from time 0, in milliseconds. */
export interface FixtureOptions {
  /** Default one minute. */
  readonly stepMs?: number;
}

/**
 * Fills a store from lines: a selector that names every label, then values, one for each step. `_` is
 * no sample, `stale` a stale marker, `{{...}}` a native histogram, `1+2x3` is `1 3 5 7`, `_x3` three
 * steps without a sample.
 */
export function fixtureStorage(lines: string, { stepMs = 60_000 }: FixtureOptions = {}): Queryable {
  const series = lines.split("\n").map((line) => line.trim()).filter((line) => line !== "")
    .map((line) => parseSeries(line, stepMs));
  return storageOf(series);
}

/** A store of given series. */
export function storageOf(all: readonly Series[]): Queryable {
  const select = (matchers: readonly Matcher[], range: TimeRange) =>
    all.filter(({ labels }) => matchers.every(({ name, matches }) => matches(labels.get(name))))
      .map(({ labels, samples }) => ({ labels, samples: between(samples, range) }))
      .filter(({ samples }) => samples.times.length > 0);
  return {
    select: (matchers, range) => Promise.resolve(select(matchers, range)),
    series: (groups, range) =>
      Promise.resolve(
        groups.flatMap((matchers) => select(matchers, range)).map((one) => one.labels),
      ),
    labelNames: () => Promise.resolve([]),
    labelValues: () => Promise.resolve([]),
    exemplars: () => Promise.resolve([]),
    metadata: () => new Map(),
  };
}

type Value = number | FloatHistogram | "stale" | undefined;

function parseSeries(line: string, stepMs: number): Series {
  const [selector = "", values = ""] = splitAtValues(line);
  const labels = Labels.of(parseMatchers(selector).map(({ name, value }) => [name, value]));
  const found = values.match(/\{\{.*?\}\}|\S+/g) ?? [];
  const steps = found.flatMap(parseValues).map((value, step) => ({ value, time: step * stepMs }));
  const samples = steps.filter(({ value }) => value !== undefined);
  const histograms = samples.map(({ value }) => typeof value === "object" ? value : undefined);
  return {
    labels,
    samples: {
      times: Float64Array.from(samples, ({ time }) => time),
      values: Float64Array.from(samples, ({ value }) => typeof value === "number" ? value : NaN),
      stale: Uint8Array.from(samples, ({ value }) => value === "stale" ? 1 : 0),
      ...(histograms.some((histogram) => histogram !== undefined) ? { histograms } : {}),
    },
  };
}

/** A selector may hold spaces, but only inside its braces. */
function splitAtValues(line: string): [selector: string, values: string] {
  const [selector = ""] = /^[^\s{]*(\{(?!\{)[^}]*\})?/.exec(line) ?? [];
  return [selector, line.slice(selector.length)];
}

function parseValues(text: string): Value[] {
  if (text.startsWith("{{")) return [histogramOf(text)];
  if (text === "_") return [undefined];
  if (text === "stale") return ["stale"];
  const repeated = /^_x(\d+)$/.exec(text);
  if (repeated !== null) return new Array<Value>(Number(repeated[1])).fill(undefined);
  const sequence = /^(.+?)(?:([+-][\d.]+))?x(\d+)$/.exec(text);
  if (sequence === null) return [numberOf(text)];
  const [, first = "", change = "0", count = "0"] = sequence;
  return Array.from(
    { length: Number(count) + 1 },
    (_, step) => numberOf(first) + step * Number(change),
  );
}

function numberOf(text: string): number {
  if (/^[+-]?Inf$/.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return text === "NaN" ? NaN : Number(text);
}

function histogramOf(text: string): FloatHistogram {
  return parseHistogramNotation(text).histogram;
}

function between(samples: Samples, { start, end }: TimeRange): Samples {
  const { times, values, stale, histograms } = samples;
  let from = 0;
  while (from < times.length && (times[from] ?? NaN) < start) from++;
  let to = times.length;
  while (to > from && (times[to - 1] ?? NaN) > end) to--;
  return {
    times: times.subarray(from, to),
    values: values.subarray(from, to),
    ...(stale === undefined ? {} : { stale: stale.subarray(from, to) }),
    ...(histograms === undefined ? {} : { histograms: histograms.slice(from, to) }),
  };
}
