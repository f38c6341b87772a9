import { bucketsUpTo, lossless, reduceBuckets, remapBuckets } from "./buckets.ts";
import { usesCustomBuckets } from "./bounds.ts";
import { customBoundsMatch, intersectBounds } from "./custom_bounds.ts";
import type { CounterReset, FloatHistogram, HistogramBuckets } from "./float_histogram.ts";
import { widenZeroBucket } from "./zero_bucket.ts";

/**
 * Whether a counter was reset between `previous` and `current`: a count went down, a filled bucket is
 * gone, or the layout changed in a way that only a reset allows (a finer schema, a narrower zero
 * bucket). A "reset" or "none" of `current` is believed; a gauge is looked at like a counter.
 */
export function detectReset(current: FloatHistogram, previous: FloatHistogram): boolean {
  if (current.counterReset === "reset") return true;
  if (current.counterReset === "none") return false;
  if (current.count < previous.count) return true;
  if (usesCustomBuckets(current)) {
    return !usesCustomBuckets(previous) || customBucketsFell(current, previous);
  }
  if (current.schema > previous.schema || current.zeroThreshold < previous.zeroThreshold) {
    return true;
  }
  const zero = widenZeroBucket(previous, current.zeroThreshold);
  if (zero.threshold !== current.zeroThreshold || current.zeroCount < zero.count) return true;
  const fell = (now: HistogramBuckets, before: HistogramBuckets) =>
    bucketsFell(
      outsideZeroBucket(now, current.schema, current),
      outsideZeroBucket(before, previous.schema, current),
    );
  return fell(current.positive, previous.positive) || fell(current.negative, previous.negative);
}

/** The buckets in the schema of `like` that do not lie in its zero bucket. */
function outsideZeroBucket(
  buckets: HistogramBuckets,
  schema: number,
  like: FloatHistogram,
): HistogramBuckets {
  const { indexes, counts } = schema === like.schema
    ? buckets
    : reduceBuckets(lossless(buckets), schema, like.schema);
  const inside = bucketsUpTo({ indexes, counts }, like.schema, like.zeroThreshold);
  return { indexes: indexes.slice(inside), counts: counts.slice(inside) };
}

function customBucketsFell(current: FloatHistogram, previous: FloatHistogram): boolean {
  if (customBoundsMatch(current.customBounds, previous.customBounds)) {
    return bucketsFell(current.positive, previous.positive);
  }
  const common = intersectBounds(current.customBounds, previous.customBounds);
  return bucketsFell(
    remapBuckets(lossless(current.positive), current.customBounds, common),
    remapBuckets(lossless(previous.positive), previous.customBounds, common),
  );
}

/** Whether some bucket counts less now than before. */
function bucketsFell(now: HistogramBuckets, before: HistogramBuckets): boolean {
  let i = 0;
  return before.indexes.some((index, j) => {
    while ((now.indexes[i] ?? Infinity) < index) i++;
    const count = now.indexes[i] === index ? now.counts[i] ?? 0 : 0;
    return count < (before.counts[j] ?? 0);
  });
}

/**
 * What Prometheus' own storage says of the counter reset of a sample that was appended after
 * `previous`: it keeps samples in chunks in which no counter is reset, and the first of a chunk is
 * "unknown", whatever was given. `previous` is undefined for the first sample, and after a stale one.
 */
export function storedCounterReset(
  current: FloatHistogram,
  previous: FloatHistogram | undefined,
): CounterReset {
  if (current.counterReset === "gauge") return "gauge";
  const continues = previous !== undefined && previous.counterReset !== "gauge" &&
    current.counterReset !== "reset" && current.schema === previous.schema &&
    current.zeroThreshold === previous.zeroThreshold &&
    customBoundsMatch(current.customBounds, previous.customBounds) &&
    !detectReset({ ...current, counterReset: "unknown" }, previous);
  return continues ? "none" : "unknown";
}
