import { fieldRange, valueText } from "../../format/mod.ts";
import type { ReducedValue } from "./reduced.ts";

/** Attributes of an element that shows a value between two ends, for assistive technology. */
export function meterAttributes(
  { name, number, formatted, field, range }: ReducedValue,
): Readonly<Record<`aria-${string}`, string | number>> & { role: "meter" } {
  const { min, max } = fieldRange(field.settings, range);
  return {
    role: "meter",
    "aria-label": name || "Value",
    "aria-valuemin": min,
    "aria-valuemax": max,
    "aria-valuenow": number !== null && Number.isFinite(number)
      ? Math.min(max, Math.max(min, number))
      : min,
    "aria-valuetext": valueText(formatted),
  };
}
