import type { FieldConfig } from "../../model/dashboard.ts";
import type { AxisSettings } from "./settings.ts";

/** What decides how an axis runs. */
export interface ScaleSettings {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly softMin: number | undefined;
  readonly softMax: number | undefined;
  readonly centeredZero: boolean;
  readonly kind: AxisSettings["scale"];
  readonly logBase: 2 | 10;
  readonly linearThreshold: number;
  /** Bars and stacks are measured from zero. */
  readonly fromZero: boolean;
}

/** Settings of a field's scale. */
export function scaleSettings(
  field: FieldConfig,
  axis: AxisSettings,
  fromZero: boolean,
): ScaleSettings {
  return {
    min: field.min,
    max: field.max,
    softMin: axis.softMin,
    softMax: axis.softMax,
    centeredZero: axis.centeredZero,
    kind: axis.scale,
    logBase: axis.logBase,
    linearThreshold: axis.linearThreshold,
    fromZero,
  };
}

/** Fields with the same key share an axis: the same unit, place, ends and kind of scale. */
export function scaleKey(field: FieldConfig, axis: AxisSettings, percent: boolean): string {
  const { placement, softMin, softMax, scale, logBase, label, centeredZero } = axis;
  const unit = percent ? "percentunit" : field.unit ?? "none";
  const ends = [field.min, field.max, softMin, softMax].map((end) => end ?? "");
  const flags = [scale, scale === "linear" ? "" : logBase, centeredZero ? "centred" : "", label];
  return [unit, placement, ...ends, ...flags].join("/");
}

/**
 * The ends of a linear axis for data between two values: a tenth of room on both sides, but zero where the
 * data is close above or below it; `min` and `max` are kept, soft ends only give way to data beyond them.
 */
export function linearEnds(
  dataMin: number | null,
  dataMax: number | null,
  settings: ScaleSettings,
): [number, number] {
  let { low, high } = known(dataMin, dataMax, settings);
  if (settings.centeredZero) {
    const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [-reach * 1.05, reach * 1.05];
  }
  if (low === high) ({ low, high } = around(low));
  const room = (high - low) * 0.1;
  const [roundLow, roundHigh] = outward(low, high, room);
  return ordered(
    settings.min ?? softEnd(roundLow, settings.softMin, low, Math.min),
    settings.max ?? softEnd(roundHigh, settings.softMax, high, Math.max),
  );
}

function known(
  dataMin: number | null,
  dataMax: number | null,
  { min, max, softMin, softMax, fromZero }: ScaleSettings,
): { low: number; high: number } {
  const [least, most] = fromZero
    ? [Math.min(0, dataMin ?? 0), Math.max(0, dataMax ?? 0)]
    : [dataMin, dataMax];
  const low = least ?? min ?? softMin ?? 0;
  const high = most ?? max ?? softMax ?? Math.max(1, low + 1);
  return { low: Math.min(min ?? low, low), high: Math.max(max ?? high, high) };
}

function around(value: number): { low: number; high: number } {
  if (value === 0) return { low: 0, high: 1 };
  const reach = Math.abs(value);
  return value > 0 ? { low: 0, high: value + reach * 0.1 } : { low: value - reach * 0.1, high: 0 };
}

function outward(low: number, high: number, room: number): [number, number] {
  const nearZeroAbove = low >= 0 && low - room <= 0;
  const nearZeroBelow = high <= 0 && high + room >= 0;
  return [nearZeroAbove ? 0 : low - room, nearZeroBelow ? 0 : high + room];
}

/** A soft end holds until the data goes beyond it. */
function softEnd(
  round: number,
  soft: number | undefined,
  data: number,
  further: (one: number, other: number) => number,
): number {
  if (soft === undefined) return round;
  return further(soft, data) === soft ? soft : round;
}

function ordered(low: number, high: number): [number, number] {
  return low < high ? [low, high] : [low, low + (Math.abs(low) || 1)];
}
