import type { DataTable, TableColumn } from "../series.ts";

/**
 * One table of all: rows that agree in every column that tables have in common become one row, as far
 * as their other columns do not stand in each other's way. That both are of the same time is not enough
 * where rows have names: unlike in Grafana, those of different things then stay apart.
 */
export function merge(tables: readonly DataTable[]): readonly DataTable[] {
  if (tables.length < 2) return tables;
  const columns = new Map<string, TableColumn>();
  for (const table of tables) {
    for (const column of table.columns) {
      if (!columns.has(column.name)) columns.set(column.name, column);
    }
  }
  const shared = [...columns.keys()].filter((name) =>
    tables.every((table) => table.columns.some((column) => column.name === name))
  );
  const names = [...columns.values()].filter(({ kind }) => kind === "string");
  const joins = shared.length > 0 &&
    (names.length === 0 || names.some(({ name }) => shared.includes(name)));
  const rows: Row[] = [];
  const byShared = new Map<string, Row[]>();
  for (const table of tables) {
    for (const row of rowsOf(table)) {
      const key = JSON.stringify(shared.map((name) => row.get(name)));
      const like = byShared.get(key) ?? [];
      const free = !joins ? undefined : like.find((other) => fit(other, row, shared));
      if (free === undefined) {
        rows.push(row);
        byShared.set(key, [...like, row]);
      } else {
        for (const [name, value] of row) free.set(name, value);
      }
    }
  }
  return [{
    name: "",
    columns: [...columns.values()].map((column) => ({
      ...column,
      values: rows.map((row) => row.get(column.name) ?? null),
    })),
  }];
}

type Row = Map<string, number | string | null>;

function rowsOf({ columns }: DataTable): Row[] {
  return Array.from(
    { length: columns[0]?.values.length ?? 0 },
    (_, at) => new Map(columns.map(({ name, values }) => [name, values[at] ?? null])),
  );
}

function fit(one: Row, other: Row, shared: readonly string[]): boolean {
  return [...other].every(([name, value]) =>
    shared.includes(name) || one.get(name) === undefined || one.get(name) === value
  );
}
