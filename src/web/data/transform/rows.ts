import { list, number, record, text } from "../../model/reading.ts";
import type { DataTable } from "../series.ts";

/** Rows by the first column of `sort`, `desc` or not; empty cells come last either way. */
export function sortBy(
  tables: readonly DataTable[],
  options: Readonly<Record<string, unknown>>,
): readonly DataTable[] {
  const [first] = list(options["sort"]).map(record);
  const field = text(first?.["field"]);
  if (field === undefined) return tables;
  const direction = first?.["desc"] === true ? -1 : 1;
  return tables.map((table) => {
    const values = table.columns.find(({ name }) => name === field)?.values;
    if (values === undefined) return table;
    const order = values.map((value, at) => ({ value, at })).sort((a, b) => {
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null);
      }
      return direction * compare(a.value, b.value);
    });
    return pick(table, order.map(({ at }) => at));
  });
}

function compare(one: number | string, other: number | string): number {
  return typeof one === "number" && typeof other === "number"
    ? one - other
    : String(one).localeCompare(String(other), undefined, { numeric: true });
}

/** The first `limitField` rows. */
export function limit(
  tables: readonly DataTable[],
  options: Readonly<Record<string, unknown>>,
): readonly DataTable[] {
  const most = number(options["limitField"]) ?? 10;
  return tables.map((table) =>
    pick(table, table.columns[0]?.values.map((_, at) => at).slice(0, most) ?? [])
  );
}

function pick(table: DataTable, rows: readonly number[]): DataTable {
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      values: rows.map((at) => column.values[at] ?? null),
    })),
  };
}
