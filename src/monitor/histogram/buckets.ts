import { exponentialBound } from "./bounds.ts";
import type { HistogramBuckets } from "./float_histogram.ts";
import { lostAfter } from "../kahan.ts";

/** No buckets at all. */
export const NO_BUCKETS: HistogramBuckets = { indexes: [], counts: [] };

/** Buckets, and what rounding has taken from each count so far. */
export interface LossyBuckets extends HistogramBuckets {
  readonly lost: readonly number[];
}

/** Collects buckets by rising index; those with the same index are added up. */
class BucketsBuilder {
  readonly indexes: number[] = [];
  readonly counts: number[] = [];
  readonly lost: number[] = [];

  add(index: number, count: number, lost: number): void {
    const last = this.indexes.length - 1;
    if (this.indexes[last] !== index) {
      this.indexes.push(index);
      this.counts.push(count);
      this.lost.push(lost);
      return;
    }
    const before = this.counts[last] ?? 0;
    const total = before + count;
    this.counts[last] = total;
    this.lost[last] = lostAfter(this.lost[last] ?? 0, before, count, total) + lost;
  }
}

/** Buckets of which nothing has been lost yet. */
export function lossless(buckets: HistogramBuckets): LossyBuckets {
  return { ...buckets, lost: new Array<number>(buckets.counts.length).fill(0) };
}

/** The buckets of both, `sign` times the counts of `b` added to those of `a`. */
export function mergeBuckets(a: LossyBuckets, b: LossyBuckets, sign: 1 | -1): LossyBuckets {
  const merged = new BucketsBuilder();
  let i = 0;
  let j = 0;
  while (i < a.indexes.length || j < b.indexes.length) {
    const left = a.indexes[i] ?? Infinity;
    const right = b.indexes[j] ?? Infinity;
    if (left <= right) {
      merged.add(left, a.counts[i] ?? 0, a.lost[i] ?? 0);
      i++;
    }
    if (right <= left) {
      merged.add(right, sign * (b.counts[j] ?? 0), sign * (b.lost[j] ?? 0));
      j++;
    }
  }
  return merged;
}

/** The same buckets, those that the lower-resolution schema `to` does not tell apart added up. */
export function reduceBuckets(buckets: LossyBuckets, from: number, to: number): LossyBuckets {
  if (from === to) return buckets;
  const reduced = new BucketsBuilder();
  for (const [i, index] of buckets.indexes.entries()) {
    const target = ((index - 1) >> (from - to)) + 1;
    reduced.add(target, buckets.counts[i] ?? 0, buckets.lost[i] ?? 0);
  }
  return reduced;
}

/** The buckets of histograms with the bounds `from`, put into those with the bounds `to`, all of which are in `from`. */
export function remapBuckets(
  buckets: LossyBuckets,
  from: readonly number[],
  to: readonly number[],
): LossyBuckets {
  const mapped = new BucketsBuilder();
  let target = 0;
  for (const [i, index] of buckets.indexes.entries()) {
    const bound = from[index] ?? Infinity;
    while (target < to.length && (to[target] ?? Infinity) < bound) target++;
    mapped.add(target, buckets.counts[i] ?? 0, buckets.lost[i] ?? 0);
  }
  return mapped;
}

/** How many of the buckets, from zero on, end at or below `threshold`. */
export function bucketsUpTo(buckets: HistogramBuckets, schema: number, threshold: number): number {
  let n = 0;
  for (const index of buckets.indexes) {
    if (exponentialBound(index, schema) > threshold) break;
    n++;
  }
  return n;
}

/** How many of the buckets, from zero on, begin below `threshold`. */
export function bucketsBelow(buckets: HistogramBuckets, schema: number, threshold: number): number {
  let n = 0;
  for (const index of buckets.indexes) {
    if (exponentialBound(index - 1, schema) >= threshold) break;
    n++;
  }
  return n;
}

/** The buckets but the first `n`. */
export function dropBuckets(buckets: LossyBuckets, n: number): LossyBuckets {
  if (n === 0) return buckets;
  return {
    indexes: buckets.indexes.slice(n),
    counts: buckets.counts.slice(n),
    lost: buckets.lost.slice(n),
  };
}

/** The buckets that are not empty. */
export function compactBuckets(buckets: HistogramBuckets): HistogramBuckets {
  if (!buckets.counts.includes(0)) return buckets;
  const kept = buckets.indexes.flatMap((_, i) => buckets.counts[i] === 0 ? [] : [i]);
  return {
    indexes: kept.map((i) => buckets.indexes[i] ?? 0),
    counts: kept.map((i) => buckets.counts[i] ?? 0),
  };
}

/** The buckets with each count as `change` makes it. */
export function mapCounts(
  buckets: HistogramBuckets,
  change: (count: number) => number,
): HistogramBuckets {
  return { indexes: buckets.indexes, counts: buckets.counts.map(change) };
}
