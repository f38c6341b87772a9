/** Texts of annotations, as Prometheus words them; "PromQL warning: " and the place are added later. */
import { quote } from "../print/quote.ts";

export function mixedFloatsAndHistograms(metric: string): string {
  return `encountered a mix of histograms and floats for metric name ${quote(metric)}`;
}

export function histogramsIgnored(metric: string): string {
  return "ignored histograms in a range containing both floats and histograms for metric name " +
    quote(metric);
}

export function histogramNotCounter(metric: string): string {
  return `this native histogram metric is not a counter: ${quote(metric)}`;
}

export function histogramNotGauge(metric: string): string {
  return `this native histogram metric is not a gauge: ${quote(metric)}`;
}

export function mixedBucketKinds(metric: string): string {
  return "vector contains a mix of histograms with exponential and custom buckets schemas for " +
    `metric name ${quote(metric)}`;
}

export function mismatchedBounds(operation: "addition" | "subtraction" | "aggregation"): string {
  return `mismatched custom buckets were reconciled during ${operation}`;
}

export function conflictingResets(operation: "addition" | "subtraction" | "aggregation"): string {
  return `conflicting counter resets during histogram ${operation}`;
}

export function startTimeOverlap(metric: string): string {
  return "sample has start time that overlaps with previous sample timestamp for metric " +
    quote(metric);
}

export function maybeNotCounter(metric: string): string {
  return "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: " +
    quote(metric);
}

/** `quantile` as `formatCompactFloat` writes it. */
export function invalidQuantile(quantile: string): string {
  return `quantile value should be between 0 and 1, got ${quantile}`;
}

export function badBucketLabel(value: string, metric: string): string {
  return withMetric(
    `bucket label "le" is missing or has a malformed value of ${quote(value)}`,
    metric,
  );
}

export function mixedClassicAndNative(metric: string): string {
  return withMetric("vector contains a mix of classic and native histograms", metric);
}

export function forcedMonotonicity(metric: string): string {
  return withMetric(
    "input to histogram_quantile needed to be fixed for monotonicity (see " +
      "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
    metric,
  );
}

export const SORT_IN_RANGE_QUERY =
  "sort is ineffective for range queries since results are always ordered by labels";

/** Adds the metric's name, where it is known. */
export function withMetric(message: string, metric: string): string {
  return metric === "" ? message : `${message} for metric name ${quote(metric)}`;
}
