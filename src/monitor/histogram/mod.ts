/**
 * Arithmetic of native histograms, as PromQL has it: functions on {@linkcode FloatHistogram}, which
 * they never change. What is to be said of a result at query time is returned beside it.
 *
 * @module
 */
export {
  type CounterReset,
  CUSTOM_BUCKETS,
  type FloatHistogram,
  type HistogramBuckets,
} from "./float_histogram.ts";
export { createFloatHistogram, type HistogramParts } from "./create.ts";
export { usesCustomBuckets } from "./bounds.ts";
export { IncompatibleHistogramsError, type Reconciliation } from "./accumulate.ts";
export {
  addHistograms,
  type Combination,
  compactHistogram,
  divideHistogram,
  emptyLike,
  multiplyHistogram,
  negateHistogram,
  reduceResolution,
  subtractHistograms,
  withCounterReset,
} from "./arithmetic.ts";
export { HistogramMean, HistogramSum } from "./sum.ts";
export { detectReset, storedCounterReset } from "./counter_reset.ts";
export { histogramsEqual } from "./compare.ts";
export {
  type Estimate,
  FRACTION_EXCLUDES_NAN,
  quantile,
  QUANTILE_IS_NAN,
  QUANTILE_IS_SKEWED,
} from "./quantile.ts";
export { fraction } from "./fraction.ts";
export { average, standardDeviation, variance } from "./statistics.ts";
export { trimAbove, trimBelow } from "./trim.ts";
export { type ClassicBucket, type ClassicTotals, convertClassic } from "./classic.ts";
export { type BucketJson, type HistogramJson, histogramToJson, printHistogram } from "./print.ts";
export {
  type NotatedHistogram,
  parseHistogramNotation,
  printHistogramNotation,
} from "./notation.ts";
