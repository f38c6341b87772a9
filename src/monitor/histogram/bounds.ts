import { CUSTOM_BUCKETS, type FloatHistogram } from "./float_histogram.ts";

/** The schema of the widest exponential buckets, 65536 times as high as low. */
export const LOWEST_SCHEMA = -4;
/** The schema of the narrowest exponential buckets: 256 between two powers of two. */
export const HIGHEST_SCHEMA = 8;

/**
 * How much higher a bucket's upper bound is than its lower one, by schema from 0 on. Clients and
 * servers agree on bounds to the last bit, so these are the numbers in use; that of schema 1 is not
 * the nearest to the square root of two.
 */
const GROWTH = [
  2,
  1.414213562373095,
  1.189207115002721,
  1.0905077326652577,
  1.0442737824274138,
  1.0218971486541166,
  1.0108892860517005,
  1.0054299011128027,
  1.0027112750502025,
];

/** Bounds from 0.5 to below 1 by schema: every second one is that of the schema before. */
const FRACTIONS: readonly Float64Array[] = fractions();

function fractions(): Float64Array[] {
  const all: Float64Array[] = [];
  for (const [schema, growth] of GROWTH.entries()) {
    const coarser = all[schema - 1];
    const bounds = new Float64Array(2 ** schema);
    bounds[0] = 0.5;
    for (let i = 1; i < bounds.length; i++) {
      bounds[i] = i % 2 === 0 ? coarser?.[i / 2] ?? NaN : (bounds[i - 1] ?? NaN) * growth;
    }
    all.push(bounds);
  }
  return all;
}

/**
 * The upper bound of the bucket `index` of an exponential schema (-4 to 8), for positive values.
 * The bucket below that of infinity ends at the largest finite number.
 */
export function exponentialBound(index: number, schema: number): number {
  let bound: number;
  let exponent: number;
  if (schema < 0) {
    exponent = index * 2 ** -schema;
    if (exponent === 1024) return Number.MAX_VALUE;
    bound = 1;
  } else {
    const perPower = 2 ** schema;
    const power = Math.floor(index / perPower);
    bound = FRACTIONS[schema]?.[index - power * perPower] ?? NaN;
    exponent = power + 1;
    if (bound === 0.5 && exponent === 1025) return Number.MAX_VALUE;
  }
  return scaleByPower(bound, exponent);
}

/** `value * 2 ** exponent`, also where that power alone is too large or too small for a number. */
function scaleByPower(value: number, exponent: number): number {
  if (exponent > 1023) return value * 2 ** 1023 * 2 ** (exponent - 1023);
  if (exponent < -1022) return value * 2 ** -1022 * 2 ** (exponent + 1022);
  return value * 2 ** exponent;
}

/** The upper bound of the bucket `index` for positive values; index -1 is the lower bound of custom ones. */
export function upperBound(
  index: number,
  schema: number,
  customBounds: readonly number[],
): number {
  if (schema !== CUSTOM_BUCKETS) return exponentialBound(index, schema);
  if (index < 0) return -Infinity;
  return customBounds[index] ?? Infinity;
}

/** Whether the bounds of the histogram are listed rather than exponential. */
export function usesCustomBuckets(h: FloatHistogram): boolean {
  return h.schema === CUSTOM_BUCKETS;
}

/** A bucket with its bounds. */
export interface Bucket {
  readonly lower: number;
  readonly upper: number;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
  readonly count: number;
}

/** How many buckets {@linkcode bucketAt} knows: negative ones, the zero bucket if filled, positive ones. */
export function bucketCount(h: FloatHistogram): number {
  return h.negative.indexes.length + (h.zeroCount > 0 ? 1 : 0) + h.positive.indexes.length;
}

/** The count of the bucket at `place`, in rising order of bounds; cheaper than the bucket itself. */
export function countAt(h: FloatHistogram, place: number): number {
  const negatives = h.negative.counts.length;
  if (place < negatives) return h.negative.counts[negatives - 1 - place] ?? 0;
  const zeros = h.zeroCount > 0 ? 1 : 0;
  if (zeros === 1 && place === negatives) return h.zeroCount;
  return h.positive.counts[place - negatives - zeros] ?? 0;
}

/**
 * The bucket at `place`, in rising order of bounds. One that overlaps the zero bucket begins or ends
 * where that does.
 */
export function bucketAt(h: FloatHistogram, place: number): Bucket {
  const negatives = h.negative.indexes.length;
  const zeros = h.zeroCount > 0 ? 1 : 0;
  if (place < negatives) {
    const bucket = negativeBucket(h, negatives - 1 - place);
    return bucket.upper < 0 && bucket.upper > -h.zeroThreshold
      ? { ...bucket, upper: -h.zeroThreshold }
      : bucket;
  }
  if (zeros === 1 && place === negatives) return zeroBucket(h);
  const bucket = positiveBucket(h, place - negatives - zeros);
  return bucket.lower > 0 && bucket.lower < h.zeroThreshold
    ? { ...bucket, lower: h.zeroThreshold }
    : bucket;
}

/** The bucket around zero, both bounds included. */
export function zeroBucket(h: FloatHistogram): Bucket {
  return {
    lower: -h.zeroThreshold,
    upper: h.zeroThreshold,
    lowerInclusive: true,
    upperInclusive: true,
    count: h.zeroCount,
  };
}

/** The `i`th of the positive buckets that are given, by rising bounds. */
export function positiveBucket(h: FloatHistogram, i: number): Bucket {
  const index = h.positive.indexes[i] ?? 0;
  const lower = upperBound(index - 1, h.schema, h.customBounds);
  const custom = usesCustomBuckets(h);
  return {
    lower,
    upper: upperBound(index, h.schema, h.customBounds),
    lowerInclusive: custom ? index === 0 : lower < 0,
    upperInclusive: true,
    count: h.positive.counts[i] ?? 0,
  };
}

/** The `i`th of the negative buckets that are given, from zero downwards. */
export function negativeBucket(h: FloatHistogram, i: number): Bucket {
  const index = h.negative.indexes[i] ?? 0;
  return {
    lower: -exponentialBound(index, h.schema),
    upper: -exponentialBound(index - 1, h.schema),
    lowerInclusive: true,
    upperInclusive: false,
    count: h.negative.counts[i] ?? 0,
  };
}
