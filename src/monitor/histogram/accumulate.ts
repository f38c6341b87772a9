import {
  bucketsBelow,
  bucketsUpTo,
  dropBuckets,
  lossless,
  type LossyBuckets,
  mergeBuckets,
  reduceBuckets,
  remapBuckets,
} from "./buckets.ts";
import { usesCustomBuckets } from "./bounds.ts";
import { customBoundsMatch, intersectBounds } from "./custom_bounds.ts";
import type { CounterReset, FloatHistogram } from "./float_histogram.ts";
import { lostAfter } from "../kahan.ts";
import { widenZeroBucket } from "./zero_bucket.ts";

/** A running total of histograms, and what rounding has taken from each of its numbers. Immutable. */
export interface Accumulation {
  readonly total: FloatHistogram;
  readonly lostCount: number;
  readonly lostSum: number;
  readonly lostZero: number;
  readonly positive: LossyBuckets;
  readonly negative: LossyBuckets;
}

/** What went on when two histograms were brought together. */
export interface Reconciliation {
  /** One followed a reset and the other is known not to: the result says neither. */
  readonly counterResetCollision: boolean;
  /** Both had custom bounds, not the same: the result has those that both have. */
  readonly boundsReconciled: boolean;
}

/** Thrown when a histogram with exponential buckets meets one with custom bounds. */
export class IncompatibleHistogramsError extends TypeError {
  override name = "IncompatibleHistogramsError";
  constructor() {
    super("Cannot combine a histogram of exponential buckets with one of custom buckets");
  }
}

/** A running total that holds `h`. */
export function startAccumulation(h: FloatHistogram): Accumulation {
  return {
    total: h,
    lostCount: 0,
    lostSum: 0,
    lostZero: 0,
    positive: lossless(h.positive),
    negative: lossless(h.negative),
  };
}

/**
 * `sign` times `other` added to the total. Schemas, zero buckets and custom bounds that differ become
 * the finest that both can be had in. The numbers of `total` are those of plain addition.
 *
 * @throws {IncompatibleHistogramsError} where only one has custom bounds
 */
export function accumulate(
  accumulation: Accumulation,
  other: FloatHistogram,
  sign: 1 | -1,
): Accumulation & Reconciliation {
  const { total } = accumulation;
  if (usesCustomBuckets(total) !== usesCustomBuckets(other)) {
    throw new IncompatibleHistogramsError();
  }
  const { counterReset, counterResetCollision } = combineCounterResets(
    total.counterReset,
    other.counterReset,
  );
  const merged = usesCustomBuckets(total)
    ? mergeCustom(accumulation, other, sign)
    : mergeExponential(accumulation, other, sign);
  const count = total.count + sign * other.count;
  const sum = total.sum + sign * other.sum;
  const { positive, negative, boundsReconciled, lostZero, ...layout } = merged;
  return {
    total: { counterReset, count, sum, ...layout, positive, negative },
    lostCount: lostAfter(accumulation.lostCount, total.count, sign * other.count, count),
    lostSum: lostAfter(accumulation.lostSum, total.sum, sign * other.sum, sum),
    lostZero,
    positive,
    negative,
    counterResetCollision,
    boundsReconciled,
  };
}

/** What is left of two hints when their histograms are added. */
export function combineCounterResets(
  a: CounterReset,
  b: CounterReset,
): { counterReset: CounterReset; counterResetCollision: boolean } {
  if (a === b) return { counterReset: a, counterResetCollision: false };
  if (a === "gauge" || b === "gauge") {
    return { counterReset: "gauge", counterResetCollision: false };
  }
  return { counterReset: "unknown", counterResetCollision: a !== "unknown" && b !== "unknown" };
}

function mergeCustom({ total, positive }: Accumulation, other: FloatHistogram, sign: 1 | -1) {
  const boundsReconciled = !customBoundsMatch(total.customBounds, other.customBounds);
  let customBounds = total.customBounds;
  let added = lossless(other.positive);
  if (boundsReconciled) {
    customBounds = intersectBounds(total.customBounds, other.customBounds);
    positive = remapBuckets(positive, total.customBounds, customBounds);
    added = remapBuckets(added, other.customBounds, customBounds);
  }
  return {
    schema: total.schema,
    zeroThreshold: 0,
    zeroCount: 0,
    lostZero: 0,
    customBounds,
    positive: mergeBuckets(positive, added, sign),
    negative: lossless({ indexes: [], counts: [] }),
    boundsReconciled,
  };
}

function mergeExponential(accumulation: Accumulation, other: FloatHistogram, sign: 1 | -1) {
  const { total } = accumulation;
  const schema = Math.min(total.schema, other.schema);
  const zero = commonZeroBuckets(total, other);
  const zeroCount = zero.count + sign * zero.otherCount;
  let lostZero = lostAfter(accumulation.lostZero, zero.count, sign * zero.otherCount, zeroCount);
  const merge = (mine: LossyBuckets, theirs: LossyBuckets): LossyBuckets => {
    const inside = zero.threshold === total.zeroThreshold
      ? 0
      : bucketsBelow(mine, total.schema, zero.threshold);
    for (let i = 0; i < inside; i++) lostZero += mine.lost[i] ?? 0;
    const added = reduceBuckets(theirs, other.schema, schema);
    return mergeBuckets(
      reduceBuckets(dropBuckets(mine, inside), total.schema, schema),
      dropBuckets(added, bucketsUpTo(added, schema, zero.threshold)),
      sign,
    );
  };
  const positive = merge(accumulation.positive, lossless(other.positive));
  const negative = merge(accumulation.negative, lossless(other.negative));
  return {
    schema,
    zeroThreshold: zero.threshold,
    zeroCount,
    lostZero,
    customBounds: [],
    positive,
    negative,
    boundsReconciled: false,
  };
}

/** The smallest zero bucket that ends inside no filled bucket of either, and what each counts in it. */
function commonZeroBuckets(total: FloatHistogram, other: FloatHistogram) {
  let mine = { threshold: total.zeroThreshold, count: total.zeroCount };
  let theirs = { threshold: other.zeroThreshold, count: other.zeroCount };
  while (mine.threshold !== theirs.threshold) {
    if (mine.threshold > theirs.threshold) theirs = widenZeroBucket(other, mine.threshold);
    else mine = widenZeroBucket(total, theirs.threshold);
  }
  return { threshold: mine.threshold, count: mine.count, otherCount: theirs.count };
}
