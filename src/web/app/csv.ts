import type { DataSeries } from "../data/series.ts";

/** A table of series: a row for each time, a column for each series. */
export interface SeriesTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly time: number; readonly values: readonly (number | null)[] }[];
}

/** Series side by side, by time. */
export function tableOf(series: readonly DataSeries[]): SeriesTable {
  const rows = new Map<number, (number | null)[]>();
  series.forEach(({ times, values }, column) => {
    times.forEach((time, at) => {
      let row = rows.get(time);
      if (row === undefined) {
        row = Array.from({ length: series.length }, () => null);
        rows.set(time, row);
      }
      row[column] = values[at] ?? null;
    });
  });
  return {
    columns: series.map(({ name }) => name),
    rows: [...rows].sort(([a], [b]) => a - b).map(([time, values]) => ({ time, values })),
  };
}

/** RFC 4180, times as ISO 8601 in UTC. */
export function toCsv({ columns, rows }: SeriesTable): string {
  const lines = [
    ["time", ...columns].map(cell),
    ...rows.map(({ time, values }) => [
      new Date(time).toISOString(),
      ...values.map((value) => value === null ? "" : String(value)),
    ]),
  ];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

function cell(text: string): string {
  // A spreadsheet takes a name that starts so for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
