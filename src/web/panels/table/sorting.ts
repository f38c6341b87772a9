import { list, record, text } from "../../model/reading.ts";
import type { ShownColumn } from "./columns.ts";

/** By which column rows stand. */
export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** What the panel's JSON sorts by. */
export function initialSorting(options: Readonly<Record<string, unknown>>): Sorting | undefined {
  const first = record(list(options["sortBy"])[0]);
  const column = text(first["displayName"]);
  return column === undefined ? undefined : { column, descending: first["desc"] === true };
}

/** After a click on a column's head: upwards, downwards, as they came. */
export function nextSorting(sorting: Sorting | undefined, column: string): Sorting | undefined {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? undefined : { column, descending: true };
}

/** Row numbers in the order in which they are shown. What has no value comes last. */
export function sortedRows(
  columns: readonly ShownColumn[],
  count: number,
  sorting: Sorting | undefined,
): number[] {
  const rows = Array.from({ length: count }, (_, row) => row);
  const column = columns.find(({ name }) => name === sorting?.column);
  if (column === undefined) return rows;
  const sign = sorting?.descending === true ? -1 : 1;
  return rows.sort((one, other) => compare(column.values[one], column.values[other], sign));
}

type Value = ShownColumn["values"][number] | undefined;

function compare(one: Value, other: Value, sign: number): number {
  const missing = Number(isMissing(one)) - Number(isMissing(other));
  if (missing !== 0 || isMissing(one) || isMissing(other)) return missing;
  if (typeof one === "number" && typeof other === "number") return sign * (one - other);
  return sign * String(one).localeCompare(String(other), undefined, { numeric: true });
}

function isMissing(value: Value): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}
