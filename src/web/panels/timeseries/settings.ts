import { flag, list, number, oneOf, record, text } from "../../model/reading.ts";
import type { SpanNulls } from "./nulls.ts";

type Source = Readonly<Record<string, unknown>>;

/** How series are put on each other. */
export interface Stacking {
  readonly mode: "none" | "normal" | "percent";
  readonly group: string;
}

/** How a series is drawn: a field's `custom`, with Grafana's defaults. */
export interface SeriesSettings {
  readonly drawStyle: "line" | "bars" | "points";
  readonly interpolation: "linear" | "smooth" | "stepBefore" | "stepAfter";
  readonly lineWidth: number;
  readonly dash: readonly number[] | undefined;
  /** 0 to 1. */
  readonly fillOpacity: number;
  readonly gradient: "none" | "opacity" | "hue" | "scheme";
  readonly fillBelowTo: string | undefined;
  readonly showPoints: "auto" | "always" | "never";
  readonly pointSize: number;
  readonly spanNulls: SpanNulls;
  readonly stacking: Stacking;
  readonly barAlignment: -1 | 0 | 1;
  readonly barWidth: number;
  readonly axis: AxisSettings;
  readonly thresholds: "off" | "line" | "dashed" | "area" | "line+area" | "dashed+area";
  readonly inLegend: boolean;
  readonly inTooltip: boolean;
}

/** How a field's axis is drawn. */
export interface AxisSettings {
  readonly placement: "auto" | "left" | "right" | "hidden";
  readonly label: string;
  readonly width: number | undefined;
  readonly grid: boolean | undefined;
  readonly softMin: number | undefined;
  readonly softMax: number | undefined;
  readonly centeredZero: boolean;
  readonly scale: "linear" | "log" | "symlog";
  readonly logBase: 2 | 10;
  /** Where a symmetric logarithm is linear. */
  readonly linearThreshold: number;
}

/** The options of the legend and the tooltip, with Grafana's defaults. */
export interface ChartOptions {
  readonly legend: {
    readonly mode: "list" | "table" | "hidden";
    readonly placement: "bottom" | "right";
    readonly calculations: readonly string[];
    readonly width: number | undefined;
    readonly sortBy: string | undefined;
    readonly sortDescending: boolean;
  };
  readonly tooltip: {
    readonly mode: "single" | "multi" | "none";
    readonly sort: "none" | "asc" | "desc";
    readonly hideZeros: boolean;
  };
}

/** Reads a field's `custom`. */
export function readSeriesSettings(custom: Source): SeriesSettings {
  const drawStyle = oneOf(custom["drawStyle"], ["line", "bars", "points"]) ?? "line";
  const stacking = record(custom["stacking"]);
  const hideFrom = record(custom["hideFrom"]);
  return {
    drawStyle,
    interpolation: oneOf(custom["lineInterpolation"], [
      "linear",
      "smooth",
      "stepBefore",
      "stepAfter",
    ]) ?? "linear",
    lineWidth: number(custom["lineWidth"]) ?? 1,
    dash: readDash(record(custom["lineStyle"])),
    fillOpacity: (number(custom["fillOpacity"]) ?? 0) / 100,
    gradient: oneOf(custom["gradientMode"], ["none", "opacity", "hue", "scheme"]) ?? "none",
    fillBelowTo: text(custom["fillBelowTo"]) || undefined,
    showPoints: oneOf(custom["showPoints"], ["auto", "always", "never"]) ?? "auto",
    pointSize: number(custom["pointSize"]) ?? 5,
    spanNulls: flag(custom["spanNulls"]) ?? number(custom["spanNulls"]) ?? false,
    stacking: {
      mode: oneOf(stacking["mode"], ["none", "normal", "percent"]) ?? "none",
      group: text(stacking["group"]) ?? "A",
    },
    barAlignment: alignment(number(custom["barAlignment"])),
    barWidth: number(custom["barWidthFactor"]) ?? 0.6,
    axis: readAxis(custom),
    thresholds: oneOf(record(custom["thresholdsStyle"])["mode"], [
      "off",
      "line",
      "dashed",
      "area",
      "line+area",
      "dashed+area",
    ]) ?? "off",
    inLegend: hideFrom["legend"] !== true,
    inTooltip: hideFrom["tooltip"] !== true,
  };
}

/** Reads a chart's `options`. */
export function readChartOptions(options: Source): ChartOptions {
  const legend = record(options["legend"]);
  const tooltip = record(options["tooltip"]);
  const hidden = legend["showLegend"] === false;
  return {
    legend: {
      mode: hidden ? "hidden" : oneOf(legend["displayMode"], ["list", "table", "hidden"]) ?? "list",
      placement: oneOf(legend["placement"], ["bottom", "right"]) ?? "bottom",
      calculations: list(legend["calcs"]).flatMap((one) => text(one) ?? []),
      width: number(legend["width"]),
      sortBy: text(legend["sortBy"]) || undefined,
      sortDescending: flag(legend["sortDesc"]) ?? false,
    },
    tooltip: {
      mode: oneOf(tooltip["mode"], ["single", "multi", "none"]) ?? "single",
      sort: oneOf(tooltip["sort"], ["none", "asc", "desc"]) ?? "none",
      hideZeros: flag(tooltip["hideZeros"]) ?? false,
    },
  };
}

function readAxis(custom: Source): AxisSettings {
  const distribution = record(custom["scaleDistribution"]);
  return {
    placement: oneOf(custom["axisPlacement"], ["auto", "left", "right", "hidden"]) ?? "auto",
    label: text(custom["axisLabel"]) ?? "",
    width: number(custom["axisWidth"]),
    grid: flag(custom["axisGridShow"]),
    softMin: number(custom["axisSoftMin"]),
    softMax: number(custom["axisSoftMax"]),
    centeredZero: flag(custom["axisCenteredZero"]) ?? false,
    scale: oneOf(distribution["type"], ["linear", "log", "symlog"]) ?? "linear",
    logBase: number(distribution["log"]) === 10 ? 10 : 2,
    linearThreshold: number(distribution["linearThreshold"]) ?? 1,
  };
}

function readDash(style: Source): readonly number[] | undefined {
  const fill = text(style["fill"]);
  if (fill !== "dash" && fill !== "dot") return undefined;
  const lengths = list(style["dash"]).flatMap((one) => number(one) ?? []);
  return lengths.length > 0 ? lengths : fill === "dot" ? [0, 10] : [10, 10];
}

function alignment(value: number | undefined): -1 | 0 | 1 {
  return value === -1 || value === 1 ? value : 0;
}
