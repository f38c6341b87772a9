import { type Bucket, bucketAt, bucketCount, usesCustomBuckets } from "./bounds.ts";
import type { FloatHistogram } from "./float_histogram.ts";
import {
  type Estimate,
  FRACTION_EXCLUDES_NAN,
  fractionBelow,
  narrowZeroBucket,
  observedCount,
} from "./quantile.ts";

/**
 * The fraction of the observations between `lower` and `upper`: `histogram_fraction`, with the
 * assumptions of {@linkcode quantile}. NaN without observations; observations of NaN count as outside.
 */
export function fraction(lower: number, upper: number, h: FloatHistogram): Estimate {
  if (h.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return { value: NaN };
  if (lower >= upper) return { value: 0 };
  const mayHaveNaN = Number.isNaN(h.sum);
  const count = mayHaveNaN ? observedCount(h) : h.count;
  const value = (rankOf(upper, h, count) - rankOf(lower, h, count)) / h.count;
  return count < h.count ? { value, note: FRACTION_EXCLUDES_NAN } : { value };
}

/** How many of the `count` observations lie below `value`. */
function rankOf(value: number, h: FloatHistogram, count: number): number {
  const buckets = bucketCount(h);
  let rank = 0;
  for (let place = 0; place < buckets; place++) {
    const bucket = withLowerEnd(h, bucketAt(h, place));
    if (bucket.lower >= value) return Math.min(rank, count);
    if (bucket.upper > value) {
      const linearly = usesCustomBuckets(h) || (bucket.lower <= 0 && bucket.upper >= 0);
      // Where in a bucket without a lower end a value lies cannot be told: it counts as its end.
      const share = linearly && bucket.lower === -Infinity
        ? 1
        : fractionBelow(bucket, value, linearly);
      return Math.min(rank + bucket.count * share, count);
    }
    rank += bucket.count;
  }
  return count;
}

/** The bucket from zero on, where only that can be meant. */
function withLowerEnd(h: FloatHistogram, bucket: Bucket): Bucket {
  if (!usesCustomBuckets(h)) return narrowZeroBucket(h, bucket);
  return bucket.lower === -Infinity && bucket.upper > 0 ? { ...bucket, lower: 0 } : bucket;
}
