import { customBoundsMatch } from "./custom_bounds.ts";
import { compactBuckets } from "./buckets.ts";
import type { FloatHistogram, HistogramBuckets } from "./float_histogram.ts";

/**
 * Whether two histograms have the same numbers, empty buckets and counter resets aside: `==`. Numbers
 * are the same where `same` says so; by default to the last bit, and NaN is the same as NaN.
 */
export function histogramsEqual(
  a: FloatHistogram,
  b: FloatHistogram,
  same: (a: number, b: number) => boolean = Object.is,
): boolean {
  return a.schema === b.schema && a.zeroThreshold === b.zeroThreshold &&
    same(a.count, b.count) && same(a.sum, b.sum) && same(a.zeroCount, b.zeroCount) &&
    customBoundsMatch(a.customBounds, b.customBounds) &&
    bucketsEqual(a.positive, b.positive, same) && bucketsEqual(a.negative, b.negative, same);
}

function bucketsEqual(
  left: HistogramBuckets,
  right: HistogramBuckets,
  same: (a: number, b: number) => boolean,
): boolean {
  const a = compactBuckets(left);
  const b = compactBuckets(right);
  return a.indexes.length === b.indexes.length &&
    a.indexes.every((index, i) =>
      index === b.indexes[i] && same(a.counts[i] ?? 0, b.counts[i] ?? 0)
    );
}
