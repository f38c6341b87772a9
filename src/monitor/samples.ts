/**
 * What a store gives to a query: series with their samples. Times are milliseconds since the unix
 * epoch everywhere in `monitor/`, as whole numbers.
 *
 * @module
 */
import type { FloatHistogram } from "./histogram/float_histogram.ts";
import type { Labels } from "./labels.ts";

/**
 * Samples of one series by rising time, column by column. A JavaScript number cannot tell the stale
 * marker from other NaNs, so `stale` says it; where it is undefined no sample is a marker.
 */
export interface Samples {
  /** Milliseconds. */
  readonly times: Float64Array;
  /** NaN where the sample is a histogram or a stale marker. */
  readonly values: Float64Array;
  /** 1 where a sample is a stale marker. */
  readonly stale?: Uint8Array;
  /** Native histograms, where a sample is one. */
  readonly histograms?: readonly (FloatHistogram | undefined)[];
  /** Since when each sample counts, in milliseconds; 0 where it is not known. */
  readonly starts?: Float64Array;
}

/** A series and the samples that were asked for. */
export interface Series {
  readonly labels: Labels;
  readonly samples: Samples;
}

/** How a selector compares a label's value. */
export type MatchType = "=" | "!=" | "=~" | "!~";

/** One condition of a selector, such as `job="echo"`. */
export interface Matcher {
  readonly type: MatchType;
  readonly name: string;
  readonly value: string;
  /** Whether a label's value ("" where there is no such label) meets the condition. */
  matches(value: string): boolean;
}

/** A span of time, both ends included, in milliseconds. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** An exemplar as it was scraped. */
export interface Exemplar {
  readonly labels: Labels;
  readonly value: number;
  /** Milliseconds. */
  readonly time: number;
}

/** What is known of a metric beside its samples. */
export interface MetricMetadata {
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

/** How reading may end before its time. */
export interface ReadOptions {
  /** Once it is aborted, what is being read is given up: the method rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What PromQL and the API read from. Every method gives the event loop a turn when its work is long.
 * Groups of matchers are alternatives, as several `match[]` are; no group at all means everything.
 */
export interface Queryable {
  /** Series that meet all matchers and have samples in the range, with those samples. Unordered. */
  select(
    matchers: readonly Matcher[],
    range: TimeRange,
    options?: ReadOptions,
  ): Promise<Series[]>;
  /** Labels of the series that `select` would give, without decoding samples. */
  series(
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    options?: ReadOptions,
  ): Promise<Labels[]>;
  /** Sorted. */
  labelNames(
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    options?: ReadOptions,
  ): Promise<string[]>;
  /** Sorted. */
  labelValues(
    name: string,
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    options?: ReadOptions,
  ): Promise<string[]>;
  /** By series, exemplars by rising time. */
  exemplars(
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    options?: ReadOptions,
  ): Promise<{ readonly labels: Labels; readonly exemplars: readonly Exemplar[] }[]>;
  /** By name of the metric family. */
  metadata(): ReadonlyMap<string, readonly MetricMetadata[]>;
}
