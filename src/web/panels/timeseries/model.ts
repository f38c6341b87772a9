import type { ExemplarPoint, PanelData } from "../../data/series.ts";
import { fieldColor, type Theme } from "../../format/mod.ts";
import type { FieldConfig, Panel } from "../../model/dashboard.ts";
import type { PlotModel } from "../plot/kind.ts";
import { calculate } from "../shared/calculations.ts";
import { type Field, fieldsOf } from "../shared/fields.ts";
import { align, type Point } from "./align.ts";
import { drawable } from "./nulls.ts";
import { scaleKey, type ScaleSettings, scaleSettings } from "./scales.ts";
import {
  type AxisSettings,
  type ChartOptions,
  readSeriesSettings,
  type SeriesSettings,
} from "./settings.ts";
import { stack } from "./stacks.ts";

/** One series, ready to be drawn. */
export interface Line {
  readonly field: Field;
  readonly settings: SeriesSettings;
  /** CSS. */
  readonly color: string;
  readonly scale: string;
  /** As they came, on the chart's times. */
  readonly values: readonly Point[];
  /** As they are drawn: stacked, without what is no number. */
  readonly row: readonly Point[];
  /** Which line its area is filled down to; undefined is zero. */
  readonly below: number | undefined;
  readonly hidden: boolean;
}

/** An axis with its scale. */
export interface ChartScale {
  readonly key: string;
  /** Whose unit the ticks are written in. */
  readonly field: FieldConfig;
  readonly axis: AxisSettings;
  readonly settings: ScaleSettings;
  readonly side: "left" | "right" | "none";
  readonly grid: boolean;
}

/** All that a chart draws at one moment. */
export interface ChartModel extends PlotModel {
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly scales: readonly ChartScale[];
  readonly exemplars: readonly ExemplarPoint[];
  readonly tooltip: ChartOptions["tooltip"];
  readonly traceUrl: ((traceId: string) => string) | undefined;
}

/** What a chart's model is made of. */
export interface ChartInput {
  readonly panel: Panel;
  readonly data: PanelData;
  readonly theme: Theme;
  readonly timeZone: string;
  /** Names of the series that are switched off. */
  readonly hidden: ReadonlySet<string>;
  readonly tooltip: ChartOptions["tooltip"];
  readonly traceUrl?: ((traceId: string) => string) | undefined;
}

/** Brings series to what is drawn: settings, colours, scales, common times, stacks. */
export function chartModel(input: ChartInput): ChartModel {
  const { panel, data, theme, timeZone, hidden, tooltip, traceUrl } = input;
  const fields = fieldsOf(panel, data.series);
  const aligned = align(fields.map(({ series }) => series));
  const settings = fields.map(({ custom }) => readSeriesSettings(custom));
  const keys = fields.map(({ settings: field }, at) => {
    const { axis, stacking } = settings[at] ?? readSeriesSettings({});
    return scaleKey(field, axis, stacking.mode === "percent");
  });
  const drawn = aligned.values.map((row, at) =>
    drawable(row, aligned.times, settings[at]?.spanNulls ?? false)
  );
  const stacked = stack(fields.map(({ name }, at) => ({
    row: drawn[at] ?? [],
    stacking: settings[at]?.stacking ?? { mode: "none", group: "" },
    group: `${keys[at]}|${settings[at]?.drawStyle}`,
    hidden: hidden.has(name),
  })));
  const lines = fields.map((field, at): Line => {
    const own = settings[at] ?? readSeriesSettings({});
    return {
      field,
      settings: own,
      color: lineColor(field, theme),
      scale: keys[at] ?? "",
      values: aligned.values[at] ?? [],
      row: stacked.rows[at] ?? [],
      below: stacked.below[at] ?? filledTo(fields, own),
      hidden: hidden.has(field.name),
    };
  });
  return {
    structure: structureOf(lines, timeZone),
    range: data.range,
    times: aligned.times,
    lines,
    scales: scalesOf(lines),
    annotations: data.annotations,
    exemplars: data.exemplars,
    tooltip,
    traceUrl,
    theme,
    timeZone,
  };
}

function lineColor({ settings, series, index, name }: Field, theme: Theme): string {
  const byValue = settings.color?.mode !== undefined;
  const value = byValue ? calculate(series.values, "lastNotNull") : undefined;
  return fieldColor(settings, { theme, value, index, name, mode: "palette-classic" });
}

function filledTo(fields: readonly Field[], { fillBelowTo }: SeriesSettings): number | undefined {
  if (fillBelowTo === undefined) return undefined;
  const at = fields.findIndex(({ name }) => name === fillBelowTo);
  return at === -1 ? undefined : at;
}

function scalesOf(lines: readonly Line[]): ChartScale[] {
  const scales: ChartScale[] = [];
  const placed = () => scales.filter(({ side }) => side !== "none").length;
  for (const { scale: key, field, settings } of lines) {
    if (scales.some((scale) => scale.key === key)) continue;
    const { axis, stacking } = settings;
    const percent = stacking.mode === "percent";
    const shown: FieldConfig = percent ? { unit: "percentunit", min: 0, max: 1 } : field.settings;
    const side = sideOf(axis, placed());
    scales.push({
      key,
      field: shown,
      axis,
      settings: scaleSettings(
        shown,
        axis,
        lines.some((line) => line.scale === key && isFromZero(line.settings)),
      ),
      side,
      grid: axis.grid ?? placed() === 0,
    });
  }
  return scales;
}

function isFromZero({ drawStyle, stacking }: SeriesSettings): boolean {
  return drawStyle === "bars" || stacking.mode !== "none";
}

function sideOf({ placement }: AxisSettings, before: number): ChartScale["side"] {
  if (placement === "hidden") return "none";
  return placement === "auto" ? (before === 0 ? "left" : "right") : placement;
}

function structureOf(lines: readonly Line[], timeZone: string): string {
  return JSON.stringify([
    timeZone,
    lines.map(({ settings, scale, below, field }) => [settings, scale, below, field.settings.unit]),
  ]);
}
