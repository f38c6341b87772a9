import type { PanelData } from "../../data/series.ts";
import { applyOverrides, type Theme } from "../../format/mod.ts";
import type { FieldConfig, Panel } from "../../model/dashboard.ts";
import { number, oneOf, record, text } from "../../model/reading.ts";
import type { PlotModel } from "../plot/kind.ts";
import { type Bucket, readBuckets } from "./buckets.ts";
import { type HeatColors, readHeatColors } from "./heat_colors.ts";

/** All that a heatmap draws at one moment. */
export interface HeatModel extends PlotModel {
  readonly times: readonly number[];
  readonly rows: readonly Bucket[];
  /** Milliseconds from one column to the next. */
  readonly step: number;
  readonly colors: HeatColors;
  /** Least and greatest count that has a colour. */
  readonly min: number;
  readonly max: number;
  /** Counts that are not drawn: at or below `le`, at or above `ge`. */
  readonly hideFrom: { readonly le: number; readonly ge: number };
  /** How counts are written. */
  readonly counts: FieldConfig;
  /** How bounds are written. */
  readonly bounds: FieldConfig;
  readonly reversed: boolean;
  readonly gap: number;
  readonly tooltip: boolean;
}

/** Brings buckets to what is drawn. */
export function heatModel(
  { panel, data, theme, timeZone }: {
    panel: Panel;
    data: PanelData;
    theme: Theme;
    timeZone: string;
  },
): HeatModel {
  const { options } = panel;
  const { times, rows } = readBuckets(data);
  const colors = readHeatColors(options, theme);
  const filter = record(options["filterValues"]);
  const hideFrom = {
    // Grafana's default hides counts of nothing, give or take what arithmetic leaves.
    le: number(filter["le"]) ?? 1e-9,
    ge: number(filter["ge"]) ?? Infinity,
  };
  const yAxis = record(options["yAxis"]);
  const { unit: fieldUnit } = applyOverrides({ name: "count" }, panel.fieldConfig);
  const unit = text(yAxis["unit"]) ?? fieldUnit ?? "short";
  const cells = record(options["cellValues"]);
  const decimals = number(yAxis["decimals"]);
  const ends = endsOf(rows, hideFrom);
  return {
    structure: JSON.stringify([timeZone, rows.map(({ name }) => name), unit, yAxis]),
    range: data.range,
    theme,
    timeZone,
    annotations: data.annotations,
    times,
    rows,
    step: stepOfTimes(times, data),
    colors,
    min: colors.min ?? ends.min,
    max: colors.max ?? ends.max,
    hideFrom,
    counts: { unit: text(cells["unit"]) ?? "short", ...decimalsOf(number(cells["decimals"])) },
    bounds: { unit, ...decimalsOf(decimals) },
    reversed: yAxis["reverse"] === true,
    gap: number(options["cellGap"]) ?? 1,
    tooltip: record(options["tooltip"])["show"] !== false &&
      oneOf(record(options["tooltip"])["mode"], ["none"]) === undefined,
  };
}

function decimalsOf(decimals: number | undefined): { decimals?: number } {
  return decimals === undefined ? {} : { decimals };
}

function endsOf(
  rows: readonly Bucket[],
  { le, ge }: HeatModel["hideFrom"],
): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const { values } of rows) {
    for (const value of values) {
      if (value === null || !(value > le) || !(value < ge)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min > max ? { min: 0, max: 1 } : { min, max };
}

function stepOfTimes(times: readonly number[], { queries, range }: PanelData): number {
  const [asked] = queries;
  if (asked !== undefined && asked.step > 0) return asked.step * 1000;
  let least = range.to - range.from;
  for (let at = 1; at < times.length; at++) {
    least = Math.min(least, (times[at] ?? 0) - (times[at - 1] ?? 0));
  }
  return least;
}
