/** What expressions of a template give, and how Go's templates see it. */
import { formatCompactFloat } from "../../format_float.ts";
import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import { printHistogram } from "../../histogram/mod.ts";
import { Labels } from "../../labels.ts";

/** A number is Go's float64, a bigint its int. */
export type Value = string | number | bigint | boolean | Labels | FloatHistogram;

/** As Go names the type. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case "number":
      return "float64";
    case "bigint":
      return "int";
    case "boolean":
      return "bool";
    case "string":
      return "string";
    default:
      return value instanceof Labels ? "map[string]string" : "*histogram.FloatHistogram";
  }
}

/** As an action shows it, and `%v`. */
export function printValue(value: Value): string {
  if (typeof value === "number") return formatCompactFloat(value);
  if (typeof value !== "object") return String(value);
  if (!(value instanceof Labels)) return printHistogram(value);
  return `map[${[...value].map(([name, text]) => `${name}:${text}`).join(" ")}]`;
}

/** Whether `if` takes it for true: what is not empty and not 0. */
export function isTruthy(value: Value): boolean {
  if (value instanceof Labels) return value.size > 0;
  return typeof value === "object" || Boolean(value) || Number.isNaN(value);
}
