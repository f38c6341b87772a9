import { HIGHEST_SCHEMA, LOWEST_SCHEMA } from "./bounds.ts";
import { NO_BUCKETS } from "./buckets.ts";
import { CUSTOM_BUCKETS, type FloatHistogram, type HistogramBuckets } from "./float_histogram.ts";

/** What a histogram is made of; whatever is left out is zero, empty or "unknown". */
export type HistogramParts = Partial<FloatHistogram>;

/**
 * A histogram of these parts. Counts may be negative, as after a subtraction.
 *
 * @throws {RangeError} where the parts do not fit together, naming the part
 */
export function createFloatHistogram(parts: HistogramParts): FloatHistogram {
  const h: FloatHistogram = {
    counterReset: parts.counterReset ?? "unknown",
    schema: parts.schema ?? 0,
    count: parts.count ?? 0,
    sum: parts.sum ?? 0,
    zeroThreshold: parts.zeroThreshold ?? 0,
    zeroCount: parts.zeroCount ?? 0,
    positive: parts.positive ?? NO_BUCKETS,
    negative: parts.negative ?? NO_BUCKETS,
    customBounds: parts.customBounds ?? [],
  };
  const problem = problemOf(h);
  if (problem !== undefined) throw new RangeError(`Cannot make a histogram: ${problem}`);
  return h;
}

function problemOf(h: FloatHistogram): string | undefined {
  return problemOfSide("positive", h.positive) ?? problemOfSide("negative", h.negative) ??
    (h.schema === CUSTOM_BUCKETS ? problemOfCustom(h) : problemOfExponential(h));
}

function problemOfSide(side: string, { indexes, counts }: HistogramBuckets): string | undefined {
  if (indexes.length !== counts.length) {
    return `there are ${indexes.length} indexes and ${counts.length} counts of ${side} buckets`;
  }
  const wrong = indexes.findIndex((index, i) =>
    !Number.isInteger(index) || index <= (indexes[i - 1] ?? -Infinity)
  );
  if (wrong < 0) return undefined;
  return `indexes of ${side} buckets must be whole and rise, ${indexes[wrong]} does not`;
}

function problemOfExponential(h: FloatHistogram): string | undefined {
  if (!Number.isInteger(h.schema) || h.schema < LOWEST_SCHEMA || h.schema > HIGHEST_SCHEMA) {
    return `the schema must be ${LOWEST_SCHEMA} to ${HIGHEST_SCHEMA}, or ${CUSTOM_BUCKETS} for ` +
      `custom bounds, current value is ${h.schema}`;
  }
  if (!(h.zeroThreshold >= 0)) {
    return `the zero bucket's width must not be below zero, current value is ${h.zeroThreshold}`;
  }
  if (h.customBounds.length > 0) return `custom bounds need the schema ${CUSTOM_BUCKETS}`;
  return undefined;
}

function problemOfCustom(h: FloatHistogram): string | undefined {
  const wrong = h.customBounds.findIndex((bound, i) =>
    !(bound > (h.customBounds[i - 1] ?? -Infinity)) || bound === Infinity
  );
  if (wrong >= 0) {
    return `custom bounds must be finite and rise, ${h.customBounds[wrong]} does not`;
  }
  const { indexes } = h.positive;
  const [first = 0, last = 0] = [indexes[0], indexes.at(-1)];
  if (first < 0 || last > h.customBounds.length) {
    return `a histogram with ${h.customBounds.length} custom bounds has buckets 0 to ` +
      `${h.customBounds.length}, not ${first < 0 ? first : last}`;
  }
  if (h.negative.indexes.length > 0) return "custom bounds go without negative buckets";
  if (h.zeroThreshold !== 0 || h.zeroCount !== 0) return "custom bounds go without a zero bucket";
  return undefined;
}
