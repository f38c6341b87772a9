import { bucketAt, bucketCount, usesCustomBuckets } from "./bounds.ts";
import type { FloatHistogram } from "./float_histogram.ts";
import { lostAfter } from "../kahan.ts";

/** The mean of the observations, NaN without any: `histogram_avg`. */
export function average(h: FloatHistogram): number {
  return h.sum / h.count;
}

/**
 * The estimated variance of the observations: `histogram_stdvar`. They are taken to lie at the
 * geometric mean of an exponential bucket, at the middle of a custom one, at 0 in the zero bucket.
 */
export function variance(h: FloatHistogram): number {
  const mean = average(h);
  const buckets = bucketCount(h);
  let sum = 0;
  let lost = 0;
  for (let place = 0; place < buckets; place++) {
    const bucket = bucketAt(h, place);
    if (bucket.count === 0) continue;
    const delta = typicalValue(bucket.lower, bucket.upper, usesCustomBuckets(h)) - mean;
    const increment = bucket.count * delta * delta;
    const total = sum + increment;
    lost = lostAfter(lost, sum, increment, total);
    sum = total;
  }
  return (sum + lost) / h.count;
}

function typicalValue(lower: number, upper: number, custom: boolean): number {
  if (custom) return (upper + lower) / 2;
  if (lower <= 0 && upper >= 0) return 0;
  const middle = Math.sqrt(upper * lower);
  return upper < 0 ? -middle : middle;
}

/** The estimated standard deviation of the observations: `histogram_stddev`. */
export function standardDeviation(h: FloatHistogram): number {
  return Math.sqrt(variance(h));
}
