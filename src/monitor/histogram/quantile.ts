import { type Bucket, bucketAt, bucketCount, countAt, usesCustomBuckets } from "./bounds.ts";
import type { FloatHistogram } from "./float_histogram.ts";

/** Said of a quantile that is NaN since it falls among observations of NaN. */
export const QUANTILE_IS_NAN = "input to histogram_quantile has NaN observations, result is NaN";
/** Said of a quantile of a histogram that has observations of NaN, which count as the highest. */
export const QUANTILE_IS_SKEWED =
  "input to histogram_quantile has NaN observations, result is skewed higher";
/** Said of a fraction of a histogram that has observations of NaN. */
export const FRACTION_EXCLUDES_NAN =
  "input to histogram_fraction has NaN observations, which are excluded from all fractions";

/** A number found in a histogram. */
export interface Estimate {
  readonly value: number;
  /** What is to be said of it at level info: one of the constants here, without the metric's name. */
  readonly note?: string;
}

/**
 * The value below which the fraction `q` of the observations lies: `histogram_quantile`. In an
 * exponential bucket observations are taken to be spread evenly on a logarithmic scale, in a custom
 * bucket and in the zero bucket on a linear one. NaN without observations, infinite for a `q` outside
 * of 0 to 1.
 */
export function quantile(q: number, h: FloatHistogram): Estimate {
  if (q < 0) return { value: -Infinity };
  if (q > 1) return { value: Infinity };
  if (h.count === 0 || Number.isNaN(q)) return { value: NaN };
  // The sum is NaN also where both infinities were observed, so the counts have to tell.
  const mayHaveNaN = Number.isNaN(h.sum);
  const upwards = mayHaveNaN || q < 0.5;
  const rank = (upwards ? q : 1 - q) * h.count;
  const found = findRank(h, rank, upwards);
  const bucket = narrowZeroBucket(h, found.bucket);
  if (usesCustomBuckets(h)) {
    if (bucket.lower === -Infinity && bucket.upper <= 0) return { value: bucket.upper };
    if (bucket.lower !== -Infinity && bucket.upper === Infinity) return { value: bucket.lower };
  }
  const count = Math.min(found.count, h.count);
  if (count < rank) {
    return mayHaveNaN ? { value: NaN, note: QUANTILE_IS_NAN } : { value: bucket.upper };
  }
  const rankInBucket = upwards ? rank - (count - bucket.count) : count - rank;
  const value = interpolate(
    usesCustomBuckets(h) && bucket.lower === -Infinity ? { ...bucket, lower: 0 } : bucket,
    rankInBucket / bucket.count,
    usesCustomBuckets(h),
  );
  return mayHaveNaN && observedCount(h) < h.count ? { value, note: QUANTILE_IS_SKEWED } : { value };
}

/** The bucket that reaches `rank` counted from the lowest or from the highest one, and the count up to its end. */
function findRank(
  h: FloatHistogram,
  rank: number,
  upwards: boolean,
): { bucket: Bucket; count: number } {
  const buckets = bucketCount(h);
  let count = 0;
  let place = -1;
  for (let i = 0; i < buckets; i++) {
    const candidate = upwards ? i : buckets - 1 - i;
    const inBucket = countAt(h, candidate);
    // The last bucket stands in where none reaches the rank, also if it is empty.
    place = candidate;
    if (inBucket === 0) continue;
    count += inBucket;
    if (count >= rank) break;
  }
  return { bucket: place < 0 ? NO_BUCKET : bucketAt(h, place), count };
}

const NO_BUCKET: Bucket = {
  lower: 0,
  upper: 0,
  lowerInclusive: false,
  upperInclusive: false,
  count: 0,
};

/** The sum of all buckets: less than the histogram's count where NaN was observed. */
export function observedCount(h: FloatHistogram): number {
  let count = 0;
  for (let place = bucketCount(h) - 1; place >= 0; place--) count += countAt(h, place);
  return count;
}

/** The zero bucket of a histogram that has other buckets on one side only ends at zero on the other side. */
export function narrowZeroBucket(h: FloatHistogram, bucket: Bucket): Bucket {
  if (usesCustomBuckets(h) || !(bucket.lower <= 0 && bucket.upper >= 0)) return bucket;
  const [negative, positive] = [h.negative.indexes.length, h.positive.indexes.length];
  if (negative === 0 && positive > 0) return { ...bucket, lower: 0 };
  if (positive === 0 && negative > 0) return { ...bucket, upper: 0 };
  return bucket;
}

function interpolate({ lower, upper }: Bucket, fraction: number, linearly: boolean): number {
  if (linearly || (lower <= 0 && upper >= 0)) return lower + (upper - lower) * fraction;
  const logLower = Math.log2(Math.abs(lower));
  const logUpper = Math.log2(Math.abs(upper));
  return lower > 0
    ? 2 ** (logLower + (logUpper - logLower) * fraction)
    : -(2 ** (logUpper + (logLower - logUpper) * (1 - fraction)));
}

/** How much of a bucket with finite bounds lies below `value`, which is inside: 0 to 1. */
export function fractionBelow({ lower, upper }: Bucket, value: number, linearly: boolean): number {
  if (linearly) return (value - lower) / (upper - lower);
  const logLower = Math.log2(Math.abs(lower));
  const logUpper = Math.log2(Math.abs(upper));
  const logValue = Math.log2(Math.abs(value));
  return value > 0
    ? (logValue - logLower) / (logUpper - logLower)
    : 1 - (logValue - logUpper) / (logLower - logUpper);
}
