/** Functions that make one value of a range: count, sum, mean, first and last, least and greatest. */
import type { FunctionImplementation, FunctionValue, RangeWindow } from "./function.ts";
import { averageOfHistograms, sumOfHistograms } from "./histogram_over_time.ts";
import { EMPTY, HISTOGRAMS, kindOf, MIXED, numbersOf, warnOfMix } from "./window.ts";

export const OVER_TIME: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  of("count_over_time", ({ from, to }) => from < to ? to - from : undefined),
  of("present_over_time", ({ from, to }) => from < to ? 1 : undefined),
  of("sum_over_time", sumOverTime),
  of("avg_over_time", averageOverTime),
  of("min_over_time", (window) => extreme(window, -1, false)),
  of("max_over_time", (window) => extreme(window, 1, false)),
  of("ts_of_min_over_time", (window) => extreme(window, -1, true)),
  of("ts_of_max_over_time", (window) => extreme(window, 1, true)),
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
  if (kind === HISTOGRAMS) return sumOfHistograms(window);
  const { values } = window.samples;
  let sum = 0;
  let compensation = 0;
  for (let i = window.from; i < window.to; i++) {
    const value = values[i] ?? NaN;
    const next = sum + value;
    if (next === Infinity || next === -Infinity) compensation = 0;
    else if (Math.abs(sum) >= Math.abs(value)) compensation += (sum - next) + value;
    else compensation += (value - next) + sum;
    sum = next;
  }
  return sum === Infinity || sum === -Infinity ? sum : sum + compensation;
}

/** The sum by the count; where the sum overflows, a mean that grows with each value instead. */
function averageOverTime(window: RangeWindow): FunctionValue {
  const kind = kindOf(window);
  if (kind === EMPTY) return undefined;
  if (kind === MIXED) return void warnOfMix(window);
  if (kind === HISTOGRAMS) return averageOfHistograms(window);
  const { values } = window.samples;
  const { from, to } = window;
  let sum = values[from] ?? NaN;
  let compensation = 0;
  for (let i = from + 1; i < to; i++) {
    const value = values[i] ?? NaN;
    const next = sum + value;
    if (next === Infinity || next === -Infinity) {
      return growingMean(values, i, to, sum / (i - from), compensation / (i - from), i - from);
    }
    if (Math.abs(sum) >= Math.abs(value)) compensation += (sum - next) + value;
    else compensation += (value - next) + sum;
    sum = next;
  }
  return sum / (to - from) + compensation / (to - from);
}

/** Goes on from the mean of `count` values before index `from`. */
function growingMean(
  values: Float64Array,
  from: number,
  to: number,
  mean: number,
  compensation: number,
  count: number,
): number {
  for (let i = from; i < to; i++) {
    count++;
    const share = (count - 1) / count;
    const addend = (values[i] ?? NaN) / count;
    mean *= share;
    compensation *= share;
    const next = mean + addend;
    if (next === Infinity || next === -Infinity) compensation = 0;
    else if (Math.abs(mean) >= Math.abs(addend)) compensation += (mean - next) + addend;
    else compensation += (addend - next) + mean;
    mean = next;
  }
  return mean + compensation;
}

/**
 * The least (`sign` -1) or the greatest (1) number, or when it was last so: of equal ones the first
 * gives its value and the last its time. NaN gives way to any number.
 */
function extreme(window: RangeWindow, sign: 1 | -1, wantsTime: boolean): number | undefined {
  const { times, values, from, to } = numbersOf(window);
  if (from >= to) return undefined;
  let best = values[from] ?? NaN;
  let at = from;
  for (let i = from + 1; i < to; i++) {
    const value = values[i] ?? NaN;
    const ahead = sign * (value - best);
    if (ahead > 0 || (wantsTime && value === best) || best !== best) {
      best = value;
      at = i;
    }
  }
  return wantsTime ? (times[at] ?? NaN) / 1000 : best;
}
