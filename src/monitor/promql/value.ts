/**
 * What expressions give while a query runs, and what a query gives in the end.
 *
 * Every expression is evaluated for all steps at once; an instant query has one step. So a vector is
 * a list of {@linkcode StepSeries}, and a scalar one number a step.
 *
 * @module
 */
import type { FloatHistogram } from "../histogram/float_histogram.ts";
import type { Labels } from "../labels.ts";

/** No value at a step. */
export const ABSENT = 0;
/** A number at a step. */
export const FLOAT = 1;
/** A histogram at a step. */
export const HISTOGRAM = 2;

/** One series of a vector: its value at every step. */
export interface StepSeries {
  readonly labels: Labels;
  /** {@linkcode ABSENT}, {@linkcode FLOAT} or {@linkcode HISTOGRAM} for each step. */
  readonly present: Uint8Array;
  /** The number at each step where `present` says FLOAT; anything elsewhere. */
  readonly values: Float64Array;
  /** The histogram at each step where `present` says HISTOGRAM; undefined where no step has one. */
  readonly histograms?: (FloatHistogram | undefined)[];
  /** Whether the metric's name goes at the end of the query (delayed name removal). */
  readonly dropName: boolean;
}

/** The steps of a query, in milliseconds; `count` = floor((end - start) / step) + 1. */
export interface Steps {
  readonly start: number;
  readonly end: number;
  /** 1 for an instant query, whatever it was. */
  readonly count: number;
  /** At least 1. */
  readonly step: number;
}

/** One value of an instant vector. */
export interface VectorSample {
  readonly labels: Labels;
  readonly value: number | FloatHistogram;
}

/** One series of a result over time. */
export interface MatrixSeries {
  readonly labels: Labels;
  /** Milliseconds, rising. */
  readonly times: Float64Array;
  /** As many as `times`; NaN where there is a histogram. */
  readonly values: Float64Array;
  readonly histograms?: readonly (FloatHistogram | undefined)[];
}

/** The result of a query; times are milliseconds. */
export type QueryResult =
  | { readonly type: "scalar"; readonly time: number; readonly value: number }
  | { readonly type: "string"; readonly time: number; readonly value: string }
  | { readonly type: "vector"; readonly time: number; readonly samples: readonly VectorSample[] }
  | { readonly type: "matrix"; readonly series: readonly MatrixSeries[] };
