/**
 * Quantiles and fractions of classic histograms: cumulative counts of buckets by their upper bounds.
 */

/**
 * Buckets of one histogram at one step, by rising bounds. The arrays are longer than `length` and
 * are used again for the next step.
 */
export interface Buckets {
  bounds: Float64Array;
  counts: Float64Array;
  length: number;
}

/** Room for buckets that are still to come. */
export function noBuckets(): Buckets {
  return { bounds: new Float64Array(16), counts: new Float64Array(16), length: 0 };
}

/** Where counts fell though they must not, and by how much: what was done against it. */
export interface Repair {
  lowest: number;
  highest: number;
  /** 0 where nothing was to be done. */
  most: number;
}

/** Counts that differ by less, relative to their sum, differ by rounding only. */
const TOLERANCE = 1e-12;

const SMALLEST_NORMAL = 2 ** -1022;

/** Whether the buckets say anything at all: the last one has to hold everything. */
export function isComplete({ bounds, length }: Buckets): boolean {
  return length > 0 && bounds[length - 1] === Infinity;
}

/** Makes one of neighbours that have the same bound; several series can, such as `le="1"` and `le="1.0"`. */
export function coalesce(buckets: Buckets): void {
  const { bounds, counts } = buckets;
  let kept = 0;
  for (let i = 1; i < buckets.length; i++) {
    if (bounds[i] === bounds[kept]) {
      counts[kept] = (counts[kept] ?? NaN) + (counts[i] ?? NaN);
    } else {
      kept++;
      bounds[kept] = bounds[i] ?? NaN;
      counts[kept] = counts[i] ?? NaN;
    }
  }
  buckets.length = kept + 1;
}

/** Makes counts rise. What rounding may have done is not worth a word and left out of `repair`. */
export function makeMonotonic({ bounds, counts, length }: Buckets, repair: Repair): void {
  repair.lowest = Infinity;
  repair.highest = -Infinity;
  repair.most = 0;
  let before = counts[0] ?? NaN;
  for (let i = 1; i < length; i++) {
    const count = counts[i] ?? NaN;
    if (count === before) continue;
    if (areAlmostEqual(before, count)) {
      counts[i] = before;
    } else if (count < before) {
      counts[i] = before;
      const bound = bounds[i] ?? NaN;
      if (bound < repair.lowest) repair.lowest = bound;
      if (bound > repair.highest) repair.highest = bound;
      if (before - count > repair.most) repair.most = before - count;
    } else {
      before = count;
    }
  }
}

function areAlmostEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) return true;
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < TOLERANCE * SMALLEST_NORMAL;
  return difference / Math.min(sum, Number.MAX_VALUE) < TOLERANCE;
}

/**
 * The quantile, on a straight line within its bucket. The lowest bucket begins at 0 unless it ends
 * below; of the highest one only the lower bound is known, and that is given. `buckets` are complete,
 * coalesced and monotonic. NaN where they are fewer than two or hold nothing.
 */
export function bucketQuantile(quantile: number, { bounds, counts, length }: Buckets): number {
  if (length < 2) return NaN;
  const observations = counts[length - 1] ?? NaN;
  if (observations === 0) return NaN;
  const rank = quantile * observations;
  const at = firstReaching(rank, counts, length - 1);
  if (at === length - 1) return bounds[length - 2] ?? NaN;
  const upper = bounds[at] ?? NaN;
  if (at === 0) return upper <= 0 ? upper : upper * (rank / (counts[0] ?? NaN));
  const lower = bounds[at - 1] ?? NaN;
  const below = counts[at - 1] ?? NaN;
  return lower + (upper - lower) * ((rank - below) / ((counts[at] ?? NaN) - below));
}

/** The first index with `counts[index] >= rank`, or `length`; by halves, which NaN counts steer too. */
function firstReaching(rank: number, counts: Float64Array, length: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((counts[middle] ?? NaN) >= rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * How much of all observations lies between two values, on straight lines within buckets. `buckets`
 * are complete and coalesced. NaN where they hold nothing or a value is NaN.
 */
export function bucketFraction(lower: number, upper: number, buckets: Buckets): number {
  const count = buckets.counts[buckets.length - 1] ?? NaN;
  if (count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
  if (lower >= upper) return 0;
  return (rankOf(upper, buckets, count) - rankOf(lower, buckets, count)) / count;
}

/** How many observations lie below a value. */
function rankOf(value: number, { bounds, counts, length }: Buckets, total: number): number {
  let rank = 0;
  let lower = (bounds[0] ?? NaN) <= 0 ? -Infinity : 0;
  for (let i = 0; i < length; i++) {
    const upper = bounds[i] ?? NaN;
    const count = counts[i] ?? NaN;
    if (lower >= value) return atMost(rank, total);
    if (upper > value) {
      return atMost(
        // Where in a bucket without a lower end the value lies cannot be told.
        lower === -Infinity ? count : rank + (count - rank) * (value - lower) / (upper - lower),
        total,
      );
    }
    rank = count;
    lower = upper;
  }
  return total;
}

function atMost(rank: number, total: number): number {
  return rank > total ? total : rank;
}
