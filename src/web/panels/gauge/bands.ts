import {
  colorOf,
  fieldRange,
  type Theme,
  thresholdValue,
  type ValueRange,
} from "../../format/mod.ts";
import type { FieldConfig } from "../../model/dashboard.ts";

/** A part of a gauge between two thresholds: shares of its way from 0 to 1. */
export interface Band {
  readonly from: number;
  readonly to: number;
  /** CSS. */
  readonly color: string;
}

/** Parts that a field's thresholds cut a gauge into. Steps out of order take no room, as they never hold. */
export function bandsOf(field: FieldConfig, data: ValueRange, theme: Theme): Band[] {
  const { min, max } = fieldRange(field, data);
  const share = (value: number) => Math.min(1, Math.max(0, (value - min) / (max - min)));
  const steps = field.thresholds?.steps ?? [];
  const starts = steps.map((step) => share(thresholdValue(step, field, data)));
  return steps.flatMap(({ color }, at) => {
    const from = Math.max(0, ...starts.slice(0, at + 1));
    const to = starts[at + 1] ?? 1;
    return to > from ? [{ from, to, color: colorOf(color, theme) }] : [];
  });
}
