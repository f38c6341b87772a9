/** Straight lines through the numbers of a range, and `double_exponential_smoothing`. */
import { QueryError } from "../errors.ts";
import type { Interruptible } from "../../stretches.ts";
import { type FunctionImplementation, inParts, PART, type RangeWindow } from "./function.ts";
import { KahanSum } from "../../kahan.ts";
import { type Numbers, numbersOf } from "./window.ts";

export const REGRESSION: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["deriv", inParts(derivative)],
  ["predict_linear", inParts(predictLinear)],
  ["double_exponential_smoothing", inParts(smooth)],
]);

/** The line through some numbers: how it rises a second, and its value at a time. */
interface Line {
  readonly slope: number;
  readonly intercept: number;
}

function* derivative(window: RangeWindow): Interruptible<number | undefined> {
  const numbers = twoOrMore(window);
  if (numbers === undefined) return undefined;
  const { slope } = yield* fitLine(numbers, numbers.times[numbers.from] ?? NaN);
  return slope;
}

function* predictLinear(window: RangeWindow): Interruptible<number | undefined> {
  const numbers = twoOrMore(window);
  if (numbers === undefined) return undefined;
  const { slope, intercept } = yield* fitLine(numbers, window.time);
  return slope * (window.scalars[1] ?? NaN) + intercept;
}

/** Numbers that make a line; says that histograms were left out where there is at least one number. */
function twoOrMore(window: RangeWindow): Numbers | undefined {
  const numbers = numbersOf(window);
  return numbers.to - numbers.from >= 2 ? numbers : undefined;
}

/** Least squares. `time` should be near the samples, since what is far from them loses digits. */
function* fitLine({ times, values, from, to }: Numbers, time: number): Interruptible<Line> {
  const sumX = new KahanSum();
  const sumY = new KahanSum();
  const sumXY = new KahanSum();
  const sumXX = new KahanSum();
  const first = values[from] ?? NaN;
  let isLevel = true;
  for (let i = from; i < to; i++) {
    const x = ((times[i] ?? NaN) - time) / 1000;
    const y = values[i] ?? NaN;
    if (i > from && y !== first) isLevel = false;
    sumX.add(x);
    sumY.add(y);
    sumXY.add(x * y);
    sumXX.add(x * x);
    if (i % PART === 0) yield;
  }
  if (isLevel) {
    const isInfinite = first === Infinity || first === -Infinity;
    return isInfinite ? { slope: NaN, intercept: NaN } : { slope: 0, intercept: first };
  }
  const count = to - from;
  const covariance = sumXY.value - sumX.value * sumY.value / count;
  const varianceOfX = sumXX.value - sumX.value * sumX.value / count;
  const slope = covariance / varianceOfX;
  return { slope, intercept: sumY.value / count - slope * sumX.value / count };
}

/** Holt's linear smoothing: the level after the last number. */
function* smooth(window: RangeWindow): Interruptible<number | undefined> {
  const levelFactor = factor(window.scalars[1], "smoothing", "sf");
  const trendFactor = factor(window.scalars[2], "trend", "tf");
  const numbers = twoOrMore(window);
  if (numbers === undefined) return undefined;
  const { values, from, to } = numbers;
  let before = 0;
  let level = values[from] ?? NaN;
  let trend = (values[from + 1] ?? NaN) - level;
  for (let i = from + 1; i < to; i++) {
    if (i > from + 1) trend = trendFactor * (level - before) + (1 - trendFactor) * trend;
    const next = levelFactor * (values[i] ?? NaN) + (1 - levelFactor) * (level + trend);
    before = level;
    level = next;
    if (i % PART === 0) yield;
  }
  return level;
}

function factor(value = NaN, name: string, short: string): number {
  if (value <= 0 || value >= 1) {
    throw new QueryError(
      "execution",
      `invalid ${name} factor. Expected: 0 < ${short} < 1, got: ${value.toFixed(6)}`,
    );
  }
  return value;
}
