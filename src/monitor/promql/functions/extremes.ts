/** The least and the greatest number of a range, and when it was last so. Histograms are left out. */
import type { Interruptible } from "../../stretches.ts";
import { type FunctionImplementation, PART, type RangeWindow } from "./function.ts";
import { type Numbers, numbersOf } from "./window.ts";

export const EXTREMES: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  of("min_over_time", -1, false),
  of("max_over_time", 1, false),
  of("ts_of_min_over_time", -1, true),
  of("ts_of_max_over_time", 1, true),
]);

function of(name: string, sign: 1 | -1, wantsTime: boolean): [string, FunctionImplementation] {
  return [name, {
    kind: "range",
    evaluate: (window) => extreme(window, sign, wantsTime),
    inParts: (window) => extremeInParts(window, sign, wantsTime),
  }];
}

function extreme(window: RangeWindow, sign: 1 | -1, wantsTime: boolean): number | undefined {
  const numbers = numbersOf(window);
  const { from, to } = numbers;
  if (from >= to) return undefined;
  return shown(numbers, extremeIndex(numbers, from, from + 1, to, sign, wantsTime), wantsTime);
}

function* extremeInParts(
  window: RangeWindow,
  sign: 1 | -1,
  wantsTime: boolean,
): Interruptible<number | undefined> {
  const numbers = { ...numbersOf(window) };
  const { from, to } = numbers;
  if (from >= to) return undefined;
  let best = from;
  for (let at = from + 1; at < to; at += PART) {
    best = extremeIndex(numbers, best, at, Math.min(at + PART, to), sign, wantsTime);
    yield;
  }
  return shown(numbers, best, wantsTime);
}

function shown({ times, values }: Numbers, index: number, wantsTime: boolean): number | undefined {
  return wantsTime ? (times[index] ?? NaN) / 1000 : values[index];
}

/**
 * The index of the least (`sign` -1) or the greatest (1) of the number at `best` and those from index
 * `from` to before `to`: of equal ones the first gives its value and the last its time. NaN gives way
 * to any number.
 */
function extremeIndex(
  { values }: Numbers,
  best: number,
  from: number,
  to: number,
  sign: 1 | -1,
  wantsTime: boolean,
): number {
  let most = values[best] ?? NaN;
  let at = best;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? NaN;
    if (sign * (value - most) > 0 || (wantsTime && value === most) || most !== most) {
      most = value;
      at = i;
    }
  }
  return at;
}
