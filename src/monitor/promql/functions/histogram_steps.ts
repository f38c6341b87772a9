/** Steps of calculations with histograms that say what they had to do. */
import {
  addHistograms,
  type FloatHistogram,
  IncompatibleHistogramsError,
  type Reconciliation,
  subtractHistograms,
} from "../../histogram/mod.ts";
import type { RangeWindow } from "./function.ts";
import {
  histogramNotCounter,
  histogramNotGauge,
  mismatchedBounds,
  mixedBucketKinds,
} from "./messages.ts";

/** `a - b`; undefined, with a warning, where their buckets are of two kinds. */
export function subtract(
  window: RangeWindow,
  a: FloatHistogram,
  b: FloatHistogram,
): FloatHistogram | undefined {
  const result = orWarn(window, () => subtractHistograms(a, b));
  if (result?.boundsReconciled) window.info(mismatchedBounds("subtraction"));
  return result?.histogram;
}

/** `a + b`; undefined, with a warning, where their buckets are of two kinds. */
export function add(
  window: RangeWindow,
  a: FloatHistogram,
  b: FloatHistogram,
): FloatHistogram | undefined {
  const result = orWarn(window, () => addHistograms(a, b));
  if (result?.boundsReconciled) window.info(mismatchedBounds("addition"));
  return result?.histogram;
}

/** What `run` gives; undefined, with a warning, where it met buckets of two kinds. */
export function orWarn<T extends Reconciliation>(window: RangeWindow, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof IncompatibleHistogramsError)) throw error;
    window.warn(mixedBucketKinds(window.labels.metricName));
    return undefined;
  }
}

/** Says so where a counter is wanted and a histogram is a gauge, or the other way round. */
export function warnOfKind(
  window: RangeWindow,
  isCounter: boolean,
  first: FloatHistogram,
  last: FloatHistogram,
): void {
  const gauges = Number(first.counterReset === "gauge") + Number(last.counterReset === "gauge");
  if (isCounter && gauges > 0) window.warn(histogramNotCounter(window.labels.metricName));
  if (!isCounter && gauges < 2) window.warn(histogramNotGauge(window.labels.metricName));
}
