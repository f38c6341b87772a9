/**
 * Native histograms: buckets with exponential bounds (schemas -4 to 8), or with bounds of their own
 * (schema -53), as Prometheus has them.
 *
 * @module
 */

/** The schema of histograms whose bounds are listed. */
export const CUSTOM_BUCKETS = -53;

/** Whether a histogram follows a reset of the one before it, or is a gauge. */
export type CounterReset = "unknown" | "reset" | "none" | "gauge";

/** Counts of buckets by their index; only those that were given, rising. */
export interface HistogramBuckets {
  readonly indexes: readonly number[];
  /** As many as `indexes`; may be zero, fractional or, after a subtraction, negative. */
  readonly counts: readonly number[];
}

/** One sample of a native histogram. Immutable. */
export interface FloatHistogram {
  readonly counterReset: CounterReset;
  readonly schema: number;
  readonly count: number;
  readonly sum: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly positive: HistogramBuckets;
  readonly negative: HistogramBuckets;
  /** Upper bounds of schema -53, rising, without +Inf; empty otherwise. */
  readonly customBounds: readonly number[];
}
