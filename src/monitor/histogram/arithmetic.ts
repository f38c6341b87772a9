import { accumulate, type Reconciliation, startAccumulation } from "./accumulate.ts";
import { compactBuckets, lossless, mapCounts, NO_BUCKETS, reduceBuckets } from "./buckets.ts";
import { usesCustomBuckets } from "./bounds.ts";
import type { FloatHistogram } from "./float_histogram.ts";

/** The sum or difference of two histograms, and what had to be done for it. */
export interface Combination extends Reconciliation {
  readonly histogram: FloatHistogram;
}

/**
 * `a + b`, without empty buckets.
 *
 * @throws {IncompatibleHistogramsError} where only one has custom bounds
 */
export function addHistograms(a: FloatHistogram, b: FloatHistogram): Combination {
  return combine(a, b, 1);
}

/**
 * `a - b`, without empty buckets. Its counter reset is that of a sum: PromQL's `-`, `rate` and the
 * like make it "gauge" ({@linkcode withCounterReset}).
 *
 * @throws {IncompatibleHistogramsError} where only one has custom bounds
 */
export function subtractHistograms(a: FloatHistogram, b: FloatHistogram): Combination {
  return combine(a, b, -1);
}

function combine(a: FloatHistogram, b: FloatHistogram, sign: 1 | -1): Combination {
  const { total, counterResetCollision, boundsReconciled } = accumulate(
    startAccumulation(a),
    b,
    sign,
  );
  return { histogram: compactHistogram(total), counterResetCollision, boundsReconciled };
}

/** The histogram without empty buckets. */
export function compactHistogram(h: FloatHistogram): FloatHistogram {
  const positive = compactBuckets(h.positive);
  const negative = compactBuckets(h.negative);
  return {
    ...h,
    positive: { indexes: positive.indexes, counts: positive.counts },
    negative: { indexes: negative.indexes, counts: negative.counts },
  };
}

/** Every number of the histogram times `factor`. A negative factor makes it a gauge. */
export function multiplyHistogram(h: FloatHistogram, factor: number): FloatHistogram {
  return scale(h, (number) => number * factor, factor < 0);
}

/** Every number of the histogram by `divisor`. By zero no buckets are left. */
export function divideHistogram(h: FloatHistogram, divisor: number): FloatHistogram {
  const divided = scale(h, (number) => number / divisor, divisor < 0);
  return divisor === 0 ? { ...divided, positive: NO_BUCKETS, negative: NO_BUCKETS } : divided;
}

/** Unary minus: a gauge of negative counts. */
export function negateHistogram(h: FloatHistogram): FloatHistogram {
  return multiplyHistogram(h, -1);
}

function scale(
  h: FloatHistogram,
  change: (number: number) => number,
  isGauge: boolean,
): FloatHistogram {
  return {
    ...h,
    counterReset: isGauge ? "gauge" : h.counterReset,
    count: change(h.count),
    sum: change(h.sum),
    // Custom buckets have no zero bucket, and 0 / 0 must not make them one.
    zeroCount: usesCustomBuckets(h) ? 0 : change(h.zeroCount),
    positive: mapCounts(h.positive, change),
    negative: mapCounts(h.negative, change),
  };
}

/** The histogram with another counter reset. */
export function withCounterReset(
  h: FloatHistogram,
  counterReset: FloatHistogram["counterReset"],
): FloatHistogram {
  return h.counterReset === counterReset ? h : { ...h, counterReset };
}

/**
 * The histogram in the schema `schema`, which has the same resolution or a lower one.
 *
 * @throws {RangeError} for a higher resolution, or where there are custom bounds on one side only
 */
export function reduceResolution(h: FloatHistogram, schema: number): FloatHistogram {
  if (schema === h.schema) return h;
  if (schema > h.schema || usesCustomBuckets(h) || schema < -4) {
    throw new RangeError(`Cannot bring a histogram of schema ${h.schema} to schema ${schema}`);
  }
  const reduce = (side: FloatHistogram["positive"]) => {
    const { indexes, counts } = reduceBuckets(lossless(side), h.schema, schema);
    return { indexes, counts };
  };
  return { ...h, schema, positive: reduce(h.positive), negative: reduce(h.negative) };
}

/** An empty histogram with the schema and bounds of `h`: what a counter starts from. */
export function emptyLike(h: FloatHistogram): FloatHistogram {
  return {
    counterReset: "unknown",
    schema: h.schema,
    count: 0,
    sum: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    positive: NO_BUCKETS,
    negative: NO_BUCKETS,
    customBounds: h.customBounds,
  };
}
