import type { DataSeries } from "../../data/series.ts";
import { applyOverrides, fieldName } from "../../format/mod.ts";
import type { FieldConfig, Panel } from "../../model/dashboard.ts";
import { record } from "../../model/reading.ts";
import { calculate } from "./calculations.ts";

/** A series with the settings that hold for it. */
export interface Field {
  readonly series: DataSeries;
  /** Place among all series of the panel, which palettes go by. */
  readonly index: number;
  /** As it is shown. */
  readonly name: string;
  readonly settings: FieldConfig;
  readonly custom: Readonly<Record<string, unknown>>;
}

/** The panel's series with overrides applied; those that are hidden in pictures are left out. */
export function fieldsOf(panel: Panel, series: readonly DataSeries[]): Field[] {
  return series.map((one, index) => fieldOf(panel, one, index))
    .filter(({ custom }) => record(custom["hideFrom"])["viz"] !== true);
}

function fieldOf(panel: Panel, series: DataSeries, index: number): Field {
  const identity = {
    name: series.name,
    refId: series.refId,
    labels: series.labels,
    reduced: (calculation: string) => calculate(series.values, calculation),
  };
  const settings = applyOverrides(identity, panel.fieldConfig);
  const name = fieldName(identity, settings);
  return { series, index, name, settings, custom: settings.custom ?? {} };
}
