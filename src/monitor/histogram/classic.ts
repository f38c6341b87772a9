import { compactHistogram } from "./arithmetic.ts";
import { createFloatHistogram } from "./create.ts";
import { CUSTOM_BUCKETS, type FloatHistogram } from "./float_histogram.ts";

/** One `_bucket` series of a classic histogram at one time. */
export interface ClassicBucket {
  /** The value of `le`. */
  readonly upper: number;
  /** How many observations were at most `upper`. */
  readonly cumulative: number;
}

/** What a classic histogram says beside its buckets. */
export interface ClassicTotals {
  /** The value of `_count`; that of the highest bucket where it is missing. */
  readonly count?: number;
  /** The value of `_sum`; 0 where it is missing. */
  readonly sum?: number;
}

/**
 * A histogram with custom bounds of a classic one's buckets, given in any order. Of buckets with the
 * same bound the first counts.
 *
 * @throws {RangeError} where a count is negative, counts fall with rising bounds, or `count` is not
 * that of the bucket +Inf
 */
export function convertClassic(
  buckets: readonly ClassicBucket[],
  totals: ClassicTotals = {},
): FloatHistogram {
  const sorted = sortBuckets(buckets);
  const count = totals.count ?? sorted.at(-1)?.cumulative ?? 0;
  if (sorted.at(-1)?.upper !== Infinity) sorted.push({ upper: Infinity, cumulative: count });
  let before = 0;
  const counts = sorted.map(({ upper, cumulative }) => {
    if (!(cumulative >= before)) {
      throw new RangeError(
        `Cannot convert the classic histogram: bucket le=${upper} counts ${cumulative}, ` +
          `expected at least ${before}`,
      );
    }
    const own = cumulative - before;
    before = cumulative;
    return own;
  });
  if (count !== before) {
    throw new RangeError(
      `Cannot convert the classic histogram: its count is ${count}, its bucket le=+Inf counts ${before}`,
    );
  }
  return compactHistogram(createFloatHistogram({
    schema: CUSTOM_BUCKETS,
    count,
    sum: totals.sum ?? 0,
    positive: { indexes: counts.map((_, i) => i), counts },
    customBounds: sorted.slice(0, -1).map((bucket) => bucket.upper),
  }));
}

function sortBuckets(buckets: readonly ClassicBucket[]): ClassicBucket[] {
  const byBound = new Map<number, ClassicBucket>();
  for (const bucket of buckets) {
    if (Number.isNaN(bucket.upper)) {
      throw new RangeError("Cannot convert the classic histogram: a bucket's bound is NaN");
    }
    if (!byBound.has(bucket.upper)) byBound.set(bucket.upper, bucket);
  }
  return [...byBound.values()].sort((a, b) => a.upper - b.upper);
}
