/** Functions that make one value of a range: count, sum, mean, first and last. */
import { KahanSum } from "../../kahan.ts";
import { finish, type Interruptible } from "../../stretches.ts";
import {
  type FunctionImplementation,
  type FunctionValue,
  PART,
  type RangeWindow,
} from "./function.ts";
import { averageOfHistograms, sumOfHistograms } from "./histogram_over_time.ts";
import { RunningMean } from "./running_mean.ts";
import { EMPTY, HISTOGRAMS, kindOf, MIXED, NUMBERS, warnOfMix } from "./window.ts";

export const OVER_TIME: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  of("count_over_time", ({ from, to }) => from < to ? to - from : undefined),
  of("present_over_time", ({ from, to }) => from < to ? 1 : undefined),
  ["sum_over_time", { kind: "range", evaluate: sumOverTime, inParts: sumInParts }],
  ["avg_over_time", { kind: "range", evaluate: averageOverTime, inParts: averageInParts }],
  of("ts_of_first_over_time", ({ samples, from, to }) => secondsAt(samples.times, from, from < to)),
  of(
    "ts_of_last_over_time",
    ({ samples, from, to }) => secondsAt(samples.times, to - 1, from < to),
  ),
  ["first_over_time", {
    kind: "range",
    keepsName: true,
    evaluate: (window) => window.from < window.to ? valueAt(window, window.from) : undefined,
  }],
  ["last_over_time", {
    kind: "range",
    keepsName: true,
    evaluate: (window) => window.from < window.to ? valueAt(window, window.to - 1) : undefined,
  }],
]);

const sum = new KahanSum();
const mean = new RunningMean();

function of(
  name: string,
  evaluate: (window: RangeWindow) => FunctionValue,
): [string, FunctionImplementation] {
  return [name, { kind: "range", evaluate }];
}

function valueAt({ samples }: RangeWindow, index: number): FunctionValue {
  return samples.histograms?.[index] ?? samples.values[index];
}

function secondsAt(times: Float64Array, index: number, isThere: boolean): number | undefined {
  return isThere ? (times[index] ?? NaN) / 1000 : undefined;
}

function sumOverTime(window: RangeWindow): FunctionValue {
  const kind = kindOf(window);
  if (kind === EMPTY) return undefined;
  if (kind === MIXED) return void warnOfMix(window);
  if (kind === HISTOGRAMS) return finish(sumOfHistograms(window));
  sum.reset();
  sum.addAll(window.samples.values, window.from, window.to);
  return sum.value;
}

function* sumInParts(window: RangeWindow): Interruptible<FunctionValue> {
  const kind = kindOf(window);
  if (kind === HISTOGRAMS) return yield* sumOfHistograms(window);
  if (kind !== NUMBERS) return sumOverTime(window);
  const own = new KahanSum();
  for (let from = window.from; from < window.to; from += PART) {
    own.addAll(window.samples.values, from, Math.min(from + PART, window.to));
    yield;
  }
  return own.value;
}

function averageOverTime(window: RangeWindow): FunctionValue {
  const kind = kindOf(window);
  if (kind === EMPTY) return undefined;
  if (kind === MIXED) return void warnOfMix(window);
  if (kind === HISTOGRAMS) return finish(averageOfHistograms(window));
  mean.reset();
  mean.addAll(window.samples.values, window.from, window.to);
  return mean.value;
}

function* averageInParts(window: RangeWindow): Interruptible<FunctionValue> {
  const kind = kindOf(window);
  if (kind === HISTOGRAMS) return yield* averageOfHistograms(window);
  if (kind !== NUMBERS) return averageOverTime(window);
  const own = new RunningMean();
  for (let from = window.from; from < window.to; from += PART) {
    own.addAll(window.samples.values, from, Math.min(from + PART, window.to));
    yield;
  }
  return own.value;
}
