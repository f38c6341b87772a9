import {
  type Bucket,
  negativeBucket,
  positiveBucket,
  usesCustomBuckets,
  zeroBucket,
} from "./bounds.ts";
import { compactHistogram } from "./arithmetic.ts";
import type { FloatHistogram, HistogramBuckets } from "./float_histogram.ts";
import { fractionBelow } from "./quantile.ts";

/** What is kept of a bucket: how many observations, and where they are taken to lie on average. */
interface Kept {
  readonly count: number;
  readonly at: number;
}

/** The bounds within which observations are kept; one of them is infinite. */
interface Limits {
  readonly from: number;
  readonly to: number;
}

/** The observations up to `limit`: PromQL's `</`. Count and sum are estimated anew if any bucket shrinks. */
export function trimAbove(h: FloatHistogram, limit: number): FloatHistogram {
  return trim(h, { from: -Infinity, to: limit });
}

/** The observations from `limit` on: PromQL's `>/`. Count and sum are estimated anew if any bucket shrinks. */
export function trimBelow(h: FloatHistogram, limit: number): FloatHistogram {
  return trim(h, { from: limit, to: Infinity });
}

function trim(h: FloatHistogram, limits: Limits): FloatHistogram {
  const custom = usesCustomBuckets(h);
  let count = 0;
  let sum = 0;
  let trimmed = false;
  const keep = (bucket: Bucket, kept: Kept): number => {
    count += kept.count;
    sum += kept.at * kept.count;
    trimmed ||= kept.count !== bucket.count;
    return kept.count;
  };
  const side = (buckets: HistogramBuckets, bucketOf: typeof positiveBucket): HistogramBuckets => ({
    indexes: buckets.indexes,
    counts: buckets.counts.map((given, i) => {
      if (given === 0) return 0;
      const bucket = bucketOf(h, i);
      return keep(bucket, keepOf(bucket, limits, custom));
    }),
  });
  const positive = side(h.positive, positiveBucket);
  const negative = side(h.negative, negativeBucket);
  const zeroCount = h.zeroCount > 0
    ? keep(zeroBucket(h), keepOfZeroBucket(h, limits))
    : h.zeroCount;
  return trimmed ? compactHistogram({ ...h, count, sum, zeroCount, positive, negative }) : h;
}

function keepOf(bucket: Bucket, limits: Limits, custom: boolean): Kept {
  const { lower, upper, count } = bucket;
  if (!(upper > limits.from) || !(lower < limits.to)) return { count: 0, at: 0 };
  if (lower >= limits.from && upper <= limits.to) {
    return { count, at: middle(lower, upper, custom) };
  }
  if (lower === -Infinity || upper === Infinity) return keepOfEndlessBucket(bucket, limits);
  return limits.to < Infinity
    ? {
      count: count * fractionBelow(bucket, limits.to, custom),
      at: middle(lower, limits.to, custom),
    }
    : {
      count: count - count * fractionBelow(bucket, limits.from, custom),
      at: middle(limits.from, upper, custom),
    };
}

/**
 * Of a bucket without one of its ends, which has a limit inside. How its observations lie is not known,
 * so a limit takes all or nothing, except where 0 can be taken for the lower end.
 */
function keepOfEndlessBucket({ lower, upper, count }: Bucket, { from, to }: Limits): Kept {
  if (lower !== -Infinity) {
    return to < Infinity ? { count: 0, at: lower } : { count, at: from };
  }
  const startsAtZero = upper > 0 && upper < Infinity;
  if (to < Infinity) {
    if (startsAtZero && to > 0) return { count: count * to / upper, at: to / 2 };
    return upper <= 0 ? { count, at: to } : { count: 0, at: 0 };
  }
  if (startsAtZero && from >= 0) {
    return { count: count * (1 - from / upper), at: (from + upper) / 2 };
  }
  return { count: 0, at: 0 };
}

function keepOfZeroBucket(h: FloatHistogram, { from, to }: Limits): Kept {
  const bucket = zeroBucket(h);
  const hasNegative = h.negative.counts.some((count) => count !== 0);
  const hasPositive = h.positive.counts.some((count) => count !== 0);
  const lower = hasPositive && !hasNegative ? 0 : bucket.lower;
  const upper = hasNegative && !hasPositive ? 0 : bucket.upper;
  const [keptFrom, keptTo] = [Math.max(lower, from), Math.min(upper, to)];
  if (from <= lower && to >= upper && !(to <= lower)) {
    return { count: bucket.count, at: (lower + upper) / 2 };
  }
  if (keptFrom >= keptTo) return { count: 0, at: 0 };
  return {
    count: bucket.count * ((keptTo - keptFrom) / (upper - lower)),
    at: (keptFrom + keptTo) / 2,
  };
}

/** Where the observations between two bounds are taken to lie on average. */
function middle(lower: number, upper: number, custom: boolean): number {
  const [open, closed] = [Math.abs(lower) === Infinity, Math.abs(upper) !== Infinity];
  if (open && !closed) return 0;
  if (open) return upper > 0 ? upper / 2 : upper;
  if (!closed) return lower;
  if (custom) return (lower + upper) / 2;
  const mean = Math.sqrt(Math.abs(lower * upper));
  return upper > 0 ? mean : -mean;
}
