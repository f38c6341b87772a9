/** How the numbers of a range spread: quantiles, deviations. Histograms among them are left out. */
import { formatCompactFloat } from "../../format_float.ts";
import type { FunctionImplementation, RangeWindow } from "./function.ts";
import { KahanSum } from "./kahan.ts";
import { invalidQuantile } from "./messages.ts";
import { quantileOfSorted } from "./quantile.ts";
import { type Numbers, numbersOf } from "./window.ts";

export const SPREAD: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["stdvar_over_time", { kind: "range", evaluate: variance }],
  ["stddev_over_time", {
    kind: "range",
    evaluate: (window) => {
      const squared = variance(window);
      return squared === undefined ? undefined : Math.sqrt(squared);
    },
  }],
  ["quantile_over_time", { kind: "range", evaluate: quantileOverTime }],
  ["mad_over_time", { kind: "range", evaluate: medianDeviation }],
]);

const mean = new KahanSum();
const squares = new KahanSum();
let scratch = new Float64Array(64);

/** Of the whole population, in one pass, after Welford. */
function variance(window: RangeWindow): number | undefined {
  const { values, from, to } = numbersOf(window);
  if (from >= to) return undefined;
  mean.reset();
  squares.reset();
  for (let i = from; i < to; i++) {
    const value = values[i] ?? NaN;
    const delta = value - mean.value;
    mean.add(delta / (i - from + 1));
    squares.add(delta * (value - mean.value));
  }
  return squares.value / (to - from);
}

function quantileOverTime(window: RangeWindow): number | undefined {
  const quantile = window.scalars[0] ?? NaN;
  const numbers = numbersOf(window);
  if (numbers.from >= numbers.to) return undefined;
  if (!(quantile >= 0 && quantile <= 1)) window.warn(invalidQuantile(formatCompactFloat(quantile)));
  const sorted = sortedCopy(numbers);
  return quantileOfSorted(quantile, sorted);
}

/** The median of the distances from the median; NaN as soon as one number is. */
function medianDeviation(window: RangeWindow): number | undefined {
  const numbers = numbersOf(window);
  if (numbers.from >= numbers.to) return undefined;
  const sorted = sortedCopy(numbers);
  if (Number.isNaN(sorted[0])) return NaN;
  const median = quantileOfSorted(0.5, sorted);
  for (let i = 0; i < sorted.length; i++) sorted[i] = Math.abs((sorted[i] ?? NaN) - median);
  return quantileOfSorted(0.5, sorted.sort());
}

/** A view of memory that the next call uses again. NaNs come first. */
function sortedCopy({ values, from, to }: Numbers): Float64Array {
  const count = to - from;
  if (scratch.length < count) scratch = new Float64Array(2 * count);
  let nans = 0;
  for (let i = from; i < to; i++) if (Number.isNaN(values[i])) nans++;
  let next = nans;
  scratch.fill(NaN, 0, nans);
  for (let i = from; i < to; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isNaN(value)) scratch[next++] = value;
  }
  scratch.subarray(nans, count).sort();
  return scratch.subarray(0, count);
}
