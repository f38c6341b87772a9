/** `round`, `clamp` and its halves. */
import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import type { FunctionImplementation } from "./function.ts";
import { maxOf, minOf } from "./math.ts";

export const ROUNDING: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["round", { kind: "number", evaluate: (value, scalars) => round(value, scalars[1] ?? 1) }],
  ["clamp", {
    kind: "sample",
    evaluate: (value, scalars) => clamp(value, scalars[1] ?? NaN, scalars[2] ?? NaN),
  }],
  ["clamp_min", {
    kind: "sample",
    evaluate: (value, scalars) => clamp(value, scalars[1] ?? NaN, Infinity),
  }],
  ["clamp_max", {
    kind: "sample",
    evaluate: (value, scalars) => clamp(value, -Infinity, scalars[1] ?? NaN),
  }],
]);

/** Ties go up. The inverse loses less than a division by `nearest` would. */
function round(value: number, nearest: number): number {
  const inverse = 1 / nearest;
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** Nothing where the bounds leave no room. */
function clamp(value: number | FloatHistogram, lower: number, upper: number): number | undefined {
  if (typeof value !== "number" || upper < lower) return undefined;
  return maxOf(lower, minOf(upper, value));
}
