/**
 * Grafana's transformations: what a panel does with the answers before it draws them. They work on
 * tables, since that is what they do in Grafana; series become tables and, for graphs, series again.
 *
 * @module
 */
import type { Panel } from "../../model/dashboard.ts";
import { record } from "../../model/reading.ts";
import type { DataSeries, DataTable, PanelData } from "../series.ts";
import { filterByRefId, filterFieldsByName, organize, renameByRegex } from "./fields.ts";
import { labelsToFields } from "./labels_to_fields.ts";
import { merge } from "./merge.ts";
import { reduceTables } from "./reduce.ts";
import { limit, sortBy } from "./rows.ts";
import { seriesOf, tablesOf } from "./tables.ts";

/** From tables to tables, as its options say. */
export type Transformation = (
  tables: readonly DataTable[],
  options: Readonly<Record<string, unknown>>,
) => readonly DataTable[];

const TRANSFORMATIONS: Readonly<Record<string, Transformation>> = {
  filterByRefId,
  filterFieldsByName,
  labelsToFields,
  limit,
  merge,
  organize,
  reduce: reduceTables,
  renameByRegex,
  sortBy,
};

/** The series of a panel and, where a table is shown or something is transformed, its tables. */
export function transformed(
  panel: Panel,
  series: readonly DataSeries[],
): Pick<PanelData, "series" | "tables" | "notices"> {
  if (panel.type !== "table" && panel.transformations.length === 0) return { series, notices: [] };
  const notices: string[] = [];
  let tables = tablesOf(panel, series);
  let changed = false;
  for (const { id, options } of panel.transformations) {
    const transformation = Object.hasOwn(TRANSFORMATIONS, id) ? TRANSFORMATIONS[id] : undefined;
    if (transformation === undefined) {
      notices.push(`The transformation "${id}" is not known here: what is shown is without it.`);
    } else {
      tables = transformation(tables, record(options));
      changed = true;
    }
  }
  return { series: changed ? seriesOf(tables) : series, tables, notices };
}
