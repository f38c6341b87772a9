/** `rate`, `increase` and `delta` of native histograms of `anchored` and `smoothed` selectors. */
import {
  compactHistogram,
  detectReset,
  divideHistogram,
  type FloatHistogram,
  multiplyHistogram,
  usesCustomBuckets,
  withCounterReset,
} from "../../histogram/mod.ts";
import type { RangeWindow } from "./function.ts";
import { add, subtract } from "./histogram_steps.ts";
import { histogramNotCounter, histogramNotGauge, mixedBucketKinds } from "./messages.ts";
import { histogramAt } from "./window.ts";

/** What the histograms from index `first` to `last`, both looked at, did in the range. */
export function extendedHistogramChange(
  window: RangeWindow,
  first: number,
  last: number,
  isCounter: boolean,
  isRate: boolean,
): FloatHistogram | undefined {
  const { samples: { times }, rangeStart, rangeEnd } = window;
  if (!areAlike(window, first, last, isCounter)) return undefined;
  const isSmoothed = window.extension === "smoothed";
  const left = isSmoothed && (times[first] ?? NaN) < rangeStart
    ? between(window, first, rangeStart, isCounter)
    : histogramAt(window, first);
  const right = isSmoothed && last > first && (times[last] ?? NaN) > rangeEnd
    ? between(window, last - 1, rangeEnd, isCounter)
    : histogramAt(window, last);
  if (left === undefined || right === undefined) return undefined;
  if (!isCounter && !(left.counterReset === "gauge" && right.counterReset === "gauge")) {
    window.warn(histogramNotGauge(window.labels.metricName));
  }
  let change = subtract(window, right, left);
  if (isCounter) {
    for (const lost of lostInResets(window, first, last, left, right)) {
      change = change && add(window, change, lost);
    }
  }
  if (change === undefined) return undefined;
  if (isRate) change = divideHistogram(change, (rangeEnd - rangeStart) / 1000);
  return compactHistogram(withCounterReset(change, "gauge"));
}

/** Whether all buckets are of one kind; says where not, and where a counter should be none. */
function areAlike(window: RangeWindow, first: number, last: number, isCounter: boolean): boolean {
  const custom = usesCustomBuckets(histogramAt(window, first));
  for (let i = first; i <= last; i++) {
    const histogram = histogramAt(window, i);
    if (usesCustomBuckets(histogram) !== custom) {
      window.warn(mixedBucketKinds(window.labels.metricName));
      return false;
    }
    if (isCounter && histogram.counterReset === "gauge") {
      window.warn(histogramNotCounter(window.labels.metricName));
    }
  }
  return true;
}

/** What is at `time` on the way from one sample to the next; a counter that was reset began empty. */
function between(
  window: RangeWindow,
  index: number,
  time: number,
  isCounter: boolean,
): FloatHistogram | undefined {
  const t1 = window.samples.times[index] ?? NaN;
  const t2 = window.samples.times[index + 1] ?? NaN;
  const h1 = histogramAt(window, index);
  const h2 = histogramAt(window, index + 1);
  if (time === t1) return h1;
  if (time === t2) return h2;
  const fraction = (time - t1) / (t2 - t1);
  if (isCounter && detectReset(h2, h1)) return multiplyHistogram(h2, fraction);
  const difference = subtract(window, h2, h1);
  return difference && add(window, multiplyHistogram(difference, fraction), h1);
}

/** What the counter had counted before each reset between the values at both ends. */
function lostInResets(
  window: RangeWindow,
  first: number,
  last: number,
  left: FloatHistogram,
  right: FloatHistogram,
): FloatHistogram[] {
  let from = first + 1;
  let before = left;
  if (
    window.extension === "smoothed" && (window.samples.times[first] ?? NaN) < window.rangeStart &&
    detectReset(histogramAt(window, first + 1), histogramAt(window, first))
  ) {
    // The value at the left end has that reset behind it already.
    before = histogramAt(window, first + 1);
    from++;
  }
  if (from > last) return [];
  const lost: FloatHistogram[] = [];
  for (let i = from; i < last; i++) {
    const current = histogramAt(window, i);
    if (detectReset(current, before)) lost.push(before);
    before = current;
  }
  if (detectReset(right, before)) lost.push(before);
  return lost;
}
