import { bucketsBelow } from "./buckets.ts";
import { exponentialBound } from "./bounds.ts";
import type { FloatHistogram, HistogramBuckets } from "./float_histogram.ts";

/** A zero bucket: its width to each side, and its count. */
export interface ZeroBucket {
  readonly threshold: number;
  readonly count: number;
}

/**
 * The zero bucket of `h` if it reached at least to `threshold`, which is not below its own: with what
 * the buckets in it count. It ends where the last filled one of those does.
 */
export function widenZeroBucket(h: FloatHistogram, threshold: number): ZeroBucket {
  if (threshold === h.zeroThreshold) return { threshold, count: h.zeroCount };
  let end = threshold;
  // A bucket that moves the end may let the other side have more buckets inside.
  while (true) {
    const widened = endOf(h.negative, h.schema, endOf(h.positive, h.schema, end));
    if (widened === end) break;
    end = widened;
  }
  let count = h.zeroCount;
  for (const side of [h.positive, h.negative]) {
    const inside = bucketsBelow(side, h.schema, end);
    for (let i = 0; i < inside; i++) count += side.counts[i] ?? 0;
  }
  return { threshold: end, count };
}

/** `threshold`, or the end of the filled bucket that it falls into. */
function endOf(buckets: HistogramBuckets, schema: number, threshold: number): number {
  const last = bucketsBelow(buckets, schema, threshold) - 1;
  if (last < 0 || buckets.counts[last] === 0) return threshold;
  return Math.max(threshold, exponentialBound(buckets.indexes[last] ?? 0, schema));
}
