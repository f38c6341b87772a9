/** `sum_over_time` and `avg_over_time` of native histograms. */
import { type FloatHistogram, HistogramMean, HistogramSum } from "../../histogram/mod.ts";
import type { Interruptible } from "../../stretches.ts";
import type { RangeWindow } from "./function.ts";
import { orWarn } from "./histogram_steps.ts";
import { conflictingResets, mismatchedBounds } from "./messages.ts";
import { histogramAt } from "./window.ts";

/** Of a range of nothing but histograms. */
export function sumOfHistograms(window: RangeWindow): Interruptible<FloatHistogram | undefined> {
  return total(window, new HistogramSum(histogramAt(window, window.from)));
}

/** Of a range of nothing but histograms. */
export function averageOfHistograms(
  window: RangeWindow,
): Interruptible<FloatHistogram | undefined> {
  return total(window, new HistogramMean(histogramAt(window, window.from)));
}

function* total(
  window: RangeWindow,
  sum: HistogramSum | HistogramMean,
): Interruptible<FloatHistogram | undefined> {
  const add = (i: number) => {
    sum.add(histogramAt(window, i));
    return sum;
  };
  let result: HistogramSum | HistogramMean | undefined = sum;
  for (let i = window.from + 1; i < window.to && result !== undefined; i++) {
    result = orWarn(window, () => add(i));
    yield;
  }
  if (result === undefined) return undefined;
  if (result.counterResetCollision) window.warn(conflictingResets("aggregation"));
  if (result.boundsReconciled) window.info(mismatchedBounds("aggregation"));
  return result.result();
}
