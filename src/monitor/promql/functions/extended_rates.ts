/**
 * `rate`, `increase` and `delta` of selectors that are `anchored` (from the last sample before the
 * range) or `smoothed` (from values between samples on both ends), without extrapolation.
 */
import { extendedHistogramChange } from "./extended_histogram_rates.ts";
import type { Interruptible } from "../../stretches.ts";
import { type FunctionValue, PART, type RangeWindow } from "./function.ts";
import { withStartPoints } from "./start_points.ts";
import {
  HISTOGRAMS,
  indexAfterRange,
  indexBeforeRange,
  kindOf,
  MIXED,
  warnOfMix,
} from "./window.ts";

/** What one series did in its range, by the second if `isRate`. */
export function* extendedChange(
  given: RangeWindow,
  isCounter: boolean,
  isRate: boolean,
): Interruptible<FunctionValue> {
  const window = isCounter && given.samples.starts !== undefined ? withStartPoints(given) : given;
  const { times } = window.samples;
  const isSmoothed = window.extension === "smoothed";
  const first = indexBeforeRange(window);
  const last = (isSmoothed ? indexAfterRange(window) : window.to) - 1;
  if (last < first) return undefined;
  const kind = kindOf(window, first, last + 1);
  if (kind === MIXED) return void warnOfMix(window);
  if ((times[last] ?? NaN) <= window.rangeStart) return undefined;
  if (isSmoothed && (times[first] ?? NaN) > window.rangeEnd) return undefined;
  return kind === HISTOGRAMS
    ? extendedHistogramChange(window, first, last, isCounter, isRate)
    : yield* extendedNumberChange(window, first, last, isCounter, isRate);
}

function* extendedNumberChange(
  window: RangeWindow,
  first: number,
  last: number,
  isCounter: boolean,
  isRate: boolean,
): Interruptible<number> {
  const { samples: { times, values }, rangeStart, rangeEnd } = window;
  const isSmoothed = window.extension === "smoothed";
  const firstTime = times[first] ?? NaN;
  const lastTime = times[last] ?? NaN;
  const left = isSmoothed && firstTime < rangeStart
    ? between(window, first, rangeStart, isCounter)
    : values[first] ?? NaN;
  const right = isSmoothed && last > first && lastTime > rangeEnd
    ? between(window, last - 1, rangeEnd, isCounter)
    : values[last] ?? NaN;
  let change = right - left;
  if (isCounter) {
    const from = firstTime <= rangeStart ? first + 1 : first;
    const to = lastTime >= rangeEnd ? last : last + 1;
    let lost = 0;
    let before = left;
    for (let i = from; i < to; i++) {
      const value = values[i] ?? NaN;
      if (value < before) lost += before;
      before = value;
      if (i % PART === 0) yield;
    }
    if (right < before) lost += before;
    change += lost;
  }
  return isRate ? change / ((rangeEnd - rangeStart) / 1000) : change;
}

/** The value at `time` on the line from one sample to the next; a counter that fell began at zero. */
function between(
  { samples: { times, values } }: RangeWindow,
  index: number,
  time: number,
  isCounter: boolean,
): number {
  const t1 = times[index] ?? NaN;
  const t2 = times[index + 1] ?? NaN;
  const y2 = values[index + 1] ?? NaN;
  const y1 = values[index] ?? NaN;
  const start = isCounter && y2 < y1 ? 0 : y1;
  return start + (y2 - start) * (time - t1) / (t2 - t1);
}
