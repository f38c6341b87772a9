/** What the last two samples of a range say: `irate` and `idelta`. */
import {
  compactHistogram,
  detectReset,
  divideHistogram,
  type FloatHistogram,
  withCounterReset,
} from "../../histogram/mod.ts";
import type { FunctionImplementation, FunctionValue, RangeWindow } from "./function.ts";
import { subtract, warnOfKind } from "./histogram_steps.ts";
import { isResetByStart } from "./start_times.ts";
import { warnOfMix } from "./window.ts";

export const INSTANT_RATES: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["irate", { kind: "range", evaluate: (window) => lastChange(window, true) }],
  ["idelta", { kind: "range", evaluate: (window) => lastChange(window, false) }],
]);

function lastChange(window: RangeWindow, isRate: boolean): FunctionValue {
  const { samples: { times, values, histograms, starts }, from, to } = window;
  if (to - from < 2) return undefined;
  const timeBefore = times[to - 2] ?? NaN;
  const time = times[to - 1] ?? NaN;
  const seconds = (time - timeBefore) / 1000;
  const isReset = isRate && starts !== undefined &&
    isResetByStart(starts[to - 2] ?? 0, timeBefore, starts[to - 1] ?? 0, time);
  const before = histograms?.[to - 2];
  const last = histograms?.[to - 1];
  if (before !== undefined && last !== undefined) {
    const change = histogramChange(window, before, last, isRate, isReset);
    return change === undefined || !isRate ? change : divideHistogram(change, seconds);
  }
  if (before !== undefined || last !== undefined) return void warnOfMix(window);
  const valueBefore = values[to - 2] ?? NaN;
  const value = values[to - 1] ?? NaN;
  if (!isRate) return value - valueBefore;
  return (isReset || value < valueBefore ? value : value - valueBefore) / seconds;
}

function histogramChange(
  window: RangeWindow,
  before: FloatHistogram,
  last: FloatHistogram,
  isRate: boolean,
  isReset: boolean,
): FloatHistogram | undefined {
  warnOfKind(window, isRate, before, last);
  const change = isRate && (isReset || detectReset(last, before))
    ? last
    : subtract(window, last, before);
  return change && compactHistogram(withCounterReset(change, "gauge"));
}
