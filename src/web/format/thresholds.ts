import type { FieldConfig, ThresholdStep } from "../model/dashboard.ts";

/** Least and greatest value of what is shown, where a field does not set them. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** The ends that percentages, gauges and continuous colours count from: the field's own, or the data's. */
export function fieldRange(field: FieldConfig, data?: ValueRange): ValueRange {
  const min = field.min ?? finite(data?.min) ?? 0;
  const max = field.max ?? finite(data?.max) ?? 100;
  return { min, max: max === min ? min + 1 : max };
}

/** The value of a step in the field's unit; minus infinity for the first. */
export function thresholdValue(step: ThresholdStep, field: FieldConfig, data?: ValueRange): number {
  if (step.value === null) return -Infinity;
  if (field.thresholds?.mode !== "percentage") return step.value;
  const { min, max } = fieldRange(field, data);
  return min + (max - min) * step.value / 100;
}

/**
 * The step that a value has reached. Like Grafana it stops at the first step that is not reached, so steps
 * out of order are not sorted. The first step holds for what is below all, and for NaN.
 */
export function activeStep(
  value: number,
  field: FieldConfig,
  data?: ValueRange,
): ThresholdStep | undefined {
  const steps = field.thresholds?.steps ?? [];
  let active = steps[0];
  for (const step of steps) {
    if (!(value >= thresholdValue(step, field, data))) break;
    active = step;
  }
  return active;
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
