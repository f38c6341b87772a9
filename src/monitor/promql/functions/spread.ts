/** How the numbers of a range spread: quantiles, deviations. Histograms among them are left out. */
import { formatCompactFloat } from "../../format_float.ts";
import { finish, type Interruptible } from "../../stretches.ts";
import { type FunctionImplementation, inParts, PART, type RangeWindow } from "./function.ts";
import { KahanSum } from "../../kahan.ts";
import { invalidQuantile } from "./messages.ts";
import { quantileOfSorted } from "./quantile.ts";
import { type Numbers, numbersOf } from "./window.ts";

export const SPREAD: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["stdvar_over_time", inParts(variance)],
  ["stddev_over_time", inParts(deviation)],
  ["quantile_over_time", {
    kind: "range",
    evaluate: quantileOverTime,
    inParts: quantileInParts,
  }],
  ["mad_over_time", inParts(medianDeviation)],
]);

const scratch = new Float64Array(PART);

/** Of the whole population, in one pass, after Welford. */
function* variance(window: RangeWindow): Interruptible<number | undefined> {
  const { values, from, to } = numbersOf(window);
  if (from >= to) return undefined;
  const mean = new KahanSum();
  const squares = new KahanSum();
  for (let i = from; i < to; i++) {
    const value = values[i] ?? NaN;
    const delta = value - mean.value;
    mean.add(delta / (i - from + 1));
    squares.add(delta * (value - mean.value));
    if (i % PART === 0) yield;
  }
  return squares.value / (to - from);
}

function* deviation(window: RangeWindow): Interruptible<number | undefined> {
  const squared = yield* variance(window);
  return squared === undefined ? undefined : Math.sqrt(squared);
}

function quantileOverTime(window: RangeWindow): number | undefined {
  const quantile = window.scalars[0] ?? NaN;
  const { values, from, to } = numbersOf(window);
  if (from >= to) return undefined;
  if (to - from > PART) return finish(quantileInParts(window));
  warnOfQuantile(window, quantile);
  const nans = countNaNs(values, from, to);
  copyNumbers(values, from, to, scratch, nans);
  scratch.fill(NaN, 0, nans);
  const sorted = scratch.subarray(0, to - from);
  if (nans === 0) sorted.sort();
  else sorted.subarray(nans).sort();
  return quantileOfSorted(quantile, sorted);
}

function countNaNs(values: Float64Array, from: number, to: number): number {
  let nans = 0;
  for (let i = from; i < to; i++) if (Number.isNaN(values[i])) nans++;
  return nans;
}

/**
 * Puts all but NaNs at `next` and behind it, in their order, since most are sorted already. Gives the
 * index behind them.
 */
function copyNumbers(
  values: Float64Array,
  from: number,
  to: number,
  into: Float64Array,
  next: number,
): number {
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) into[next++] = value;
  }
  return next;
}

function warnOfQuantile(window: RangeWindow, quantile: number): void {
  if (!(quantile >= 0 && quantile <= 1)) window.warn(invalidQuantile(formatCompactFloat(quantile)));
}

function* quantileInParts(window: RangeWindow): Interruptible<number | undefined> {
  const quantile = window.scalars[0] ?? NaN;
  const numbers = numbersOf(window);
  if (numbers.from >= numbers.to) return undefined;
  warnOfQuantile(window, quantile);
  const sorted = yield* sortedCopy(numbers);
  return quantileOfSorted(quantile, sorted);
}

/** The median of the distances from the median; NaN as soon as one number is. */
function* medianDeviation(window: RangeWindow): Interruptible<number | undefined> {
  const numbers = numbersOf(window);
  if (numbers.from >= numbers.to) return undefined;
  const sorted = yield* sortedCopy(numbers);
  if (Number.isNaN(sorted[0])) return NaN;
  const median = quantileOfSorted(0.5, sorted);
  for (let i = 0; i < sorted.length; i++) {
    sorted[i] = Math.abs((sorted[i] ?? NaN) - median);
    if (i % PART === PART - 1) yield;
  }
  return quantileOfSorted(0.5, yield* sort(sorted));
}

/** Up to a part of samples it is a view of memory that the next call uses again. NaNs come first. */
function* sortedCopy({ values, from, to }: Numbers): Interruptible<Float64Array> {
  const count = to - from;
  const copy = count <= PART ? scratch.subarray(0, count) : new Float64Array(count);
  let nans = 0;
  for (let at = from; at < to; at += PART) {
    if (at > from) yield;
    nans += countNaNs(values, at, Math.min(at + PART, to));
  }
  copy.fill(NaN, 0, nans);
  let next = nans;
  for (let at = from; at < to; at += PART) {
    if (at > from) yield;
    next = copyNumbers(values, at, Math.min(at + PART, to), copy, next);
  }
  const sorted = yield* sort(copy.subarray(nans));
  if (nans === 0) return sorted;
  copy.set(sorted, nans);
  return copy;
}

/** Sorts numbers, which may be moved to other memory for it. */
function* sort(values: Float64Array): Interruptible<Float64Array> {
  const count = values.length;
  for (let from = 0; from < count; from += PART) {
    values.subarray(from, from + PART).sort();
    if (from > 0) yield;
  }
  if (count <= PART) return values;
  let source = values;
  let target: Float64Array = new Float64Array(count);
  for (let size = PART; size < count; size *= 2) {
    for (let from = 0; from < count; from += 2 * size) {
      yield* merge(
        source,
        target,
        from,
        Math.min(from + size, count),
        Math.min(from + 2 * size, count),
      );
    }
    [source, target] = [target, source];
  }
  return source;
}

/** Merges what is sorted from `from` to before `middle` with what is from there to before `to`. */
function* merge(
  source: Float64Array,
  target: Float64Array,
  from: number,
  middle: number,
  to: number,
): Interruptible<void> {
  let left = from;
  let right = middle;
  for (let i = from; i < to; i++) {
    const takesLeft = left < middle &&
      (right >= to || (source[left] as number) <= (source[right] as number));
    target[i] = source[takesLeft ? left++ : right++] as number;
    if (i % PART === 0) yield;
  }
}
