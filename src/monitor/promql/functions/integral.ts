/** `integral`: the area under the numbers of a range, in value times seconds. */
import { formatCompactFloat } from "../../format_float.ts";
import type { Interruptible } from "../../stretches.ts";
import { type FunctionImplementation, inParts, PART, type RangeWindow } from "./function.ts";
import { KahanSum } from "../../kahan.ts";
import { numbersOf } from "./window.ts";

export const INTEGRAL: ReadonlyMap<string, FunctionImplementation> = new Map([
  ["integral", inParts(integral)],
]);

/** Between two samples the value of the first, of the second, or a straight line. */
const LEFT = 0;
const RIGHT = 1;
const TRAPEZOID = 2;

/**
 * NaN counts as 0. Both halves of a trapezoid are added on their own, so that neither a huge value
 * nor a huge neighbour swallows the other one.
 */
function* integral(window: RangeWindow): Interruptible<number | undefined> {
  const strategy = strategyOf(window);
  const { times, values, from, to } = numbersOf(window);
  if (from >= to) return undefined;
  const area = new KahanSum();
  for (let i = from + 1; i < to; i++) {
    const seconds = ((times[i] ?? NaN) - (times[i - 1] ?? NaN)) / 1000;
    const left = orZero(values[i - 1]);
    const right = orZero(values[i]);
    if (strategy === LEFT) area.add(left * seconds);
    else if (strategy === RIGHT) area.add(right * seconds);
    else {
      area.add(left / 2 * seconds);
      area.add(right / 2 * seconds);
    }
    if (i % PART === 0) yield;
  }
  const { sum } = area;
  return sum === Infinity || sum === -Infinity ? sum : area.value;
}

function strategyOf(window: RangeWindow): number {
  const strategy = window.scalars[1] ?? TRAPEZOID;
  if (strategy === LEFT || strategy === RIGHT || strategy === TRAPEZOID) return strategy;
  window.warn(
    `integral strategy should be 0 (left), 1 (right) or 2 (trapezoid), got ${
      formatCompactFloat(strategy)
    }`,
    1,
  );
  return TRAPEZOID;
}

function orZero(value = NaN): number {
  return Number.isNaN(value) ? 0 : value;
}
