/** Functions of one number. */
import type { FunctionImplementation } from "./function.ts";

export const MATH: ReadonlyMap<string, FunctionImplementation> = new Map([
  of("abs", Math.abs),
  of("ceil", Math.ceil),
  of("floor", Math.floor),
  of("exp", Math.exp),
  of("sqrt", Math.sqrt),
  of("ln", Math.log),
  of("log2", Math.log2),
  of("log10", Math.log10),
  of("sgn", (value) => value < 0 ? -1 : value > 0 ? 1 : value),
  of("sin", Math.sin),
  of("cos", Math.cos),
  of("tan", Math.tan),
  of("asin", Math.asin),
  of("acos", Math.acos),
  of("atan", Math.atan),
  of("sinh", Math.sinh),
  of("cosh", Math.cosh),
  of("tanh", Math.tanh),
  of("asinh", Math.asinh),
  of("acosh", Math.acosh),
  of("atanh", Math.atanh),
  of("rad", (value) => value * (Math.PI / 180)),
  of("deg", (value) => value * (180 / Math.PI)),
]);

function of(name: string, evaluate: (value: number) => number): [string, FunctionImplementation] {
  return [name, { kind: "number", evaluate }];
}

/** As Go's `math.Max`: +Inf wins over NaN. */
export function maxOf(a: number, b: number): number {
  return a === Infinity || b === Infinity ? Infinity : Math.max(a, b);
}

/** As Go's `math.Min`: -Inf wins over NaN. */
export function minOf(a: number, b: number): number {
  return a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b);
}
