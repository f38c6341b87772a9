import type { Panel } from "../../model/dashboard.ts";
import type { DataSeries, DataTable, TableColumn } from "../series.ts";

/**
 * Series as Grafana's tables: a query with format `table` is one table with a column for each label;
 * every other series is one with its time and its value.
 */
export function tablesOf(panel: Panel, series: readonly DataSeries[]): readonly DataTable[] {
  const flat = new Set(
    panel.targets.filter(({ format }) => format === "table").map(({ refId }) => refId),
  );
  const ofQueries = [...Map.groupBy(series, ({ refId }) => refId)];
  const several = ofQueries.length > 1;
  return ofQueries.flatMap(([refId, own]) =>
    flat.has(refId)
      ? [flatTable(refId, own, several ? `Value #${refId}` : "Value")]
      : own.map(seriesTable)
  );
}

function seriesTable({ name, refId, labels, times, values, texts }: DataSeries): DataTable {
  return {
    name,
    columns: [
      { name: "Time", kind: "time", refId, labels: {}, values: times },
      {
        name,
        kind: "number",
        refId,
        labels,
        values: texts === undefined ? values : values.map((value, at) => texts[at] ?? value),
      },
    ],
  };
}

function flatTable(refId: string, series: readonly DataSeries[], valueName: string): DataTable {
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const rows = series.flatMap(({ labels, times, values, texts }) =>
    times.flatMap((time, at) => {
      const value = values[at] ?? texts?.[at] ?? null;
      return value === null ? [] : [{ labels, time, value }];
    })
  );
  const column = (
    name: string,
    kind: TableColumn["kind"],
    read: (row: typeof rows[number]) => number | string | null,
  ): TableColumn => ({ name, kind, refId, labels: {}, values: rows.map(read) });
  return {
    name: refId,
    columns: [
      column("Time", "time", ({ time }) => time),
      ...names.map((name) => column(name, "string", ({ labels }) => labels[name] ?? null)),
      column(valueName, "number", ({ value }) => value),
    ],
  };
}

/** Columns of numbers as series for a graph; without a column of time their rows are what counts. */
export function seriesOf(tables: readonly DataTable[]): DataSeries[] {
  return tables.flatMap(({ columns }) => {
    const times = columns.find(({ kind }) => kind === "time")?.values.map(Number);
    return columns.filter(({ kind }) => kind === "number").map((column) => ({
      refId: column.refId,
      name: column.name,
      labels: column.labels,
      times: times ?? column.values.map((_, at) => at),
      values: column.values.map((value) => typeof value === "number" ? value : null),
    }));
  });
}
