/** `sum_over_time` and `avg_over_time` of native histograms. */
import { type FloatHistogram, HistogramMean, HistogramSum } from "../../histogram/mod.ts";
import type { RangeWindow } from "./function.ts";
import { orWarn } from "./histogram_steps.ts";
import { conflictingResets, mismatchedBounds } from "./messages.ts";
import { histogramAt } from "./window.ts";

/** Of a range of nothing but histograms. */
export function sumOfHistograms(window: RangeWindow): FloatHistogram | undefined {
  return total(window, new HistogramSum(histogramAt(window, window.from)));
}

/** Of a range of nothing but histograms. */
export function averageOfHistograms(window: RangeWindow): FloatHistogram | undefined {
  return total(window, new HistogramMean(histogramAt(window, window.from)));
}

function total(window: RangeWindow, sum: HistogramSum | HistogramMean): FloatHistogram | undefined {
  const result = orWarn(window, () => {
    for (let i = window.from + 1; i < window.to; i++) sum.add(histogramAt(window, i));
    return sum;
  });
  if (result === undefined) return undefined;
  if (result.counterResetCollision) window.warn(conflictingResets("aggregation"));
  if (result.boundsReconciled) window.info(mismatchedBounds("aggregation"));
  return result.result();
}
