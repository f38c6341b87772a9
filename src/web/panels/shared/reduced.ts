import type { PanelData } from "../../data/series.ts";
import {
  type CellValue,
  type FormattedValue,
  formatValue,
  regexOf,
  type Theme,
  type ValueRange,
} from "../../format/mod.ts";
import type { Panel } from "../../model/dashboard.ts";
import { flag, list, number, record, text } from "../../model/reading.ts";
import { calculate, calculationName } from "./calculations.ts";
import { type Field, fieldsOf } from "./fields.ts";

/** One number that a panel shows, with where it came from. */
export interface ReducedValue {
  readonly key: string;
  readonly name: string;
  readonly number: number | null;
  readonly formatted: FormattedValue;
  readonly field: Field;
  /** Ends of the data of all fields. */
  readonly range: ValueRange;
}

/** What a value's look depends on beside the panel and its data. */
export interface ReducedLook {
  readonly theme: Theme;
  readonly timeZone: string;
}

/** Grafana's limit for panels that show every value. */
const MOST = 25;

/**
 * Values by the panel's `reduceOptions`: calculations over each series, the values themselves, or the
 * labels that `fields` names, which in Grafana are fields of their own.
 */
export function reducedValues(panel: Panel, data: PanelData, look: ReducedLook): ReducedValue[] {
  const options = record(panel.options["reduceOptions"]);
  const fields = fieldsOf(panel, data.series);
  const range = rangeOf(fields);
  return fields.flatMap((field) =>
    partsOf(field, options).map(({ key, name, value }): ReducedValue => ({
      key: `${field.index} ${key}`,
      name,
      number: typeof value === "number" ? value : null,
      formatted: formatValue(value, field.settings, { ...look, range, index: field.index }),
      field,
      range,
    }))
  ).slice(0, flag(options["values"]) === true ? number(options["limit"]) ?? MOST : undefined);
}

interface Part {
  readonly key: string;
  readonly name: string;
  readonly value: CellValue;
}

function partsOf(field: Field, options: Readonly<Record<string, unknown>>): Part[] {
  const { name, series } = field;
  const labels = labelsOf(field, text(options["fields"]) ?? "");
  if (labels.length > 0) return labels;
  if (flag(options["values"]) === true) {
    return series.values.map((value, at) => ({ key: String(at), name, value }));
  }
  const named = list(options["calcs"]).flatMap((one) => text(one) ?? []);
  const calculations = named.length === 0 ? ["lastNotNull"] : named;
  return calculations.map((calculation) => ({
    key: calculation,
    name: calculations.length === 1 ? name : `${name} ${calculationName(calculation)}`,
    value: calculate(series.values, calculation) ?? series.texts?.at(-1) ?? null,
  }));
}

/** Labels that a pattern such as `/^version$/` names. One that all match, or none, is about values. */
function labelsOf({ series }: Field, pattern: string): Part[] {
  const expression = pattern === "" ? undefined : regexOf(pattern);
  if (expression === undefined || expression.test("Value")) return [];
  return Object.entries(series.labels).filter(([label]) => expression.test(label))
    .map(([label, value]) => ({ key: label, name: label, value }));
}

function rangeOf(fields: readonly Field[]): ValueRange {
  let min = Infinity;
  let max = -Infinity;
  for (const { series } of fields) {
    for (const value of series.values) {
      if (value === null || !Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return { min, max };
}
