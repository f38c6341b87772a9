import { NO_BUCKETS } from "./buckets.ts";
import { detectReset } from "./counter_reset.ts";
import type { CounterReset, FloatHistogram } from "./float_histogram.ts";

/**
 * One series' histograms by rising time, as a query sees them of which only counts and sums are wanted
 * (inside `histogram_count`, `histogram_sum`, `histogram_avg`): without buckets, zero buckets and custom
 * bounds. Since resets cannot be found without those, each but the first says "reset" or "none" where
 * it said "unknown". Samples that are no histogram are undefined, and stay so.
 */
export function totalsOnly(
  histograms: readonly (FloatHistogram | undefined)[],
): (FloatHistogram | undefined)[] {
  let previous: FloatHistogram | undefined;
  return histograms.map((h) => {
    if (h === undefined) return undefined;
    const counterReset = knownReset(h, previous);
    previous = h;
    return {
      counterReset,
      schema: h.schema,
      count: h.count,
      sum: h.sum,
      zeroThreshold: 0,
      zeroCount: 0,
      positive: NO_BUCKETS,
      negative: NO_BUCKETS,
      customBounds: [],
    };
  });
}

function knownReset(h: FloatHistogram, previous: FloatHistogram | undefined): CounterReset {
  if (h.counterReset !== "unknown" || previous === undefined) return h.counterReset;
  return detectReset(h, previous) ? "reset" : "none";
}
