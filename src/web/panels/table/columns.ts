import type { DataTable, PanelData, TableColumn } from "../../data/series.ts";
import { applyOverrides, fieldName, formatTime, formatValue } from "../../format/mod.ts";
import type { FormattedValue, Theme, ValueRange } from "../../format/mod.ts";
import type { FieldConfig, Panel } from "../../model/dashboard.ts";
import { flag, number, oneOf, record } from "../../model/reading.ts";
import { calculate } from "../shared/calculations.ts";

/** How a column's cells are drawn. */
export type CellStyle = "text" | "color-text" | "color-background" | "gauge";

/** A column as a table shows it. */
export interface ShownColumn {
  readonly name: string;
  readonly kind: TableColumn["kind"];
  readonly values: TableColumn["values"];
  readonly settings: FieldConfig;
  readonly style: CellStyle;
  readonly align: "left" | "right" | "center";
  readonly width: number | undefined;
  readonly range: ValueRange;
  readonly labels: Readonly<Record<string, string>>;
}

/** Columns that a table shows, with overrides applied; those that are hidden are left out. */
export function shownColumns(panel: Panel, table: DataTable): ShownColumn[] {
  return table.columns.flatMap((column) => {
    const { name, kind, refId, labels, values } = column;
    const numbers = values.map((value) => typeof value === "number" ? value : null);
    const identity = {
      name,
      type: kind,
      refId,
      labels,
      reduced: (calculation: string) => calculate(numbers, calculation),
    };
    const settings = applyOverrides(identity, panel.fieldConfig);
    const custom = settings.custom ?? {};
    if (flag(custom["hidden"]) === true) return [];
    return [{
      name: fieldName(identity, settings),
      kind,
      values,
      settings,
      style: styleOf(custom),
      align: oneOf(custom["align"], ["left", "right", "center"]) ??
        (kind === "number" ? "right" : "left"),
      width: number(custom["width"]),
      range: {
        min: calculate(numbers, "min") ?? Infinity,
        max: calculate(numbers, "max") ?? -Infinity,
      },
      labels,
    }];
  });
}

/** Tables to choose from: those that transformations left, or the series as one. */
export function tablesOf({ tables, series }: PanelData): readonly DataTable[] {
  if (tables !== undefined) return tables;
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const last = series.map(({ times, values }) => [times.at(-1) ?? null, values.at(-1) ?? null]);
  const plain = { refId: "", labels: {} };
  return [{
    name: "",
    columns: [
      { ...plain, name: "Time", kind: "time", values: last.map(([time = null]) => time) },
      ...names.map((name): TableColumn => ({
        ...plain,
        name,
        kind: "string",
        values: series.map(({ labels }) => labels[name] ?? null),
      })),
      { ...plain, name: "Value", kind: "number", values: last.map(([, value = null]) => value) },
    ],
  }];
}

/** A cell's text and colour. */
export function cellOf(
  column: ShownColumn,
  row: number,
  look: { readonly theme: Theme; readonly timeZone: string },
): FormattedValue {
  const value = column.values[row];
  const { settings, range } = column;
  const formatted = formatValue(value, settings, { ...look, range });
  if (column.kind === "time" && typeof value === "number" && !isDateUnit(settings.unit)) {
    return { text: formatTime(value, look.timeZone), color: formatted.color, share: 0 };
  }
  return value === null || value === undefined
    ? { ...formatted, text: settings.noValue ?? "" }
    : formatted;
}

function isDateUnit(unit: string | undefined): boolean {
  return unit !== undefined && /^(dateTime|time:)/.test(unit);
}

/** Since Grafana 9.5 in `cellOptions`, before in `displayMode`. */
function styleOf(custom: Readonly<Record<string, unknown>>): CellStyle {
  const type = record(custom["cellOptions"])["type"] ?? custom["displayMode"];
  if (typeof type !== "string") return "text";
  if (type.startsWith("color-background")) return "color-background";
  if (type.includes("gauge")) return "gauge";
  return type === "color-text" ? "color-text" : "text";
}
