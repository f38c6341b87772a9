/** How fast a series rises in a range: `rate`, `increase`, `delta`. */
import { extendedChange } from "./extended_rates.ts";
import { extrapolationFactor, startInside } from "./extrapolation.ts";
import { finish, type Interruptible } from "../../stretches.ts";
import {
  type FunctionImplementation,
  type FunctionValue,
  PART,
  type RangeWindow,
} from "./function.ts";
import { histogramChange } from "./histogram_rates.ts";
import { isResetByStart, startsOverlap, warnOfOverlap } from "./start_times.ts";
import { EMPTY, HISTOGRAMS, kindOf, MIXED, NUMBERS, warnOfMix } from "./window.ts";

export const RATES: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  of("rate", true, true),
  of("increase", true, false),
  of("delta", false, false),
]);

function of(name: string, isCounter: boolean, isRate: boolean): [string, FunctionImplementation] {
  return [name, {
    kind: "range",
    evaluate: (window) => change(window, isCounter, isRate),
    inParts: (window) => changeInParts(window, isCounter, isRate),
  }];
}

function change(window: RangeWindow, isCounter: boolean, isRate: boolean): FunctionValue {
  if (window.extension !== undefined) return finish(extendedChange(window, isCounter, isRate));
  const kind = kindOf(window);
  if (kind === EMPTY) return undefined;
  if (kind === MIXED) return void warnOfMix(window);
  if (kind === HISTOGRAMS) return finish(histogramChange(window, isCounter, isRate));
  return numberChange(window, isCounter, isRate);
}

function* changeInParts(
  window: RangeWindow,
  isCounter: boolean,
  isRate: boolean,
): Interruptible<FunctionValue> {
  const { samples: { values, starts }, from, to, extension } = window;
  if (extension !== undefined) return yield* extendedChange(window, isCounter, isRate);
  const kind = kindOf(window);
  if (kind === HISTOGRAMS) return yield* histogramChange(window, isCounter, isRate);
  if (kind !== NUMBERS || !isCounter || starts !== undefined || to - from < 2) {
    return change(window, isCounter, isRate);
  }
  const first = values[from] ?? NaN;
  let sum = (values[to - 1] ?? NaN) - first;
  for (let at = from; at < to - 1; at += PART) {
    sum = addLost(sum, values, at, Math.min(at + PART + 1, to));
    yield;
  }
  return sum * extrapolationFactor(window, isCounter, isRate, undefined, first, sum);
}

/**
 * What the samples say of the whole range: their difference, and drops of a counter made good, drawn
 * out to where the series is thought to begin and end.
 */
function numberChange(
  window: RangeWindow,
  isCounter: boolean,
  isRate: boolean,
): number | undefined {
  const { samples, from, to } = window;
  const { values } = samples;
  const start = isCounter ? startInside(window) : undefined;
  if (start === undefined && to - from < 2) return undefined;
  const first = values[from] ?? NaN;
  let change = (values[to - 1] ?? NaN) - first;
  if (isCounter) {
    change = samples.starts === undefined
      ? addLost(change, values, from, to)
      : addKnownLost(change, window, samples.starts);
  }
  if (start !== undefined) change += first;
  return change * extrapolationFactor(window, isCounter, isRate, start, first, change);
}

/**
 * Adds what a counter had counted before each time it fell; one after the other, as Prometheus does,
 * since sums of very different numbers depend on their order.
 */
function addLost(change: number, values: Float64Array, from: number, to: number): number {
  let before = values[from] ?? NaN;
  for (let i = from + 1; i < to; i++) {
    const value = values[i] ?? NaN;
    if (value < before) change += before;
    before = value;
  }
  return change;
}

/** The same where start times tell of resets too. */
function addKnownLost(change: number, window: RangeWindow, starts: Float64Array): number {
  const { times, values } = window.samples;
  let overlaps = false;
  for (let i = window.from + 1; i < window.to; i++) {
    const before = values[i - 1] ?? NaN;
    const timeBefore = times[i - 1] ?? NaN;
    const startBefore = starts[i - 1] ?? 0;
    const start = starts[i] ?? 0;
    overlaps ||= startsOverlap(startBefore, timeBefore, start);
    if (
      (values[i] ?? NaN) < before ||
      isResetByStart(startBefore, timeBefore, start, times[i] ?? NaN)
    ) change += before;
  }
  if (overlaps) warnOfOverlap(window);
  return change;
}
