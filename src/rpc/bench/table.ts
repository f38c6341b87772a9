/**
 * The table of results: medians, and what they are to grpc-go's.
 *
 * @module
 */
import type { Measure } from "./measures.ts";

/** The values of each measure, by the server's name. */
export type Results = ReadonlyMap<Measure, ReadonlyMap<string, readonly number[]>>;

/** The middle value; of an even number the upper one of the two. NaN of nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Lays results out, a row for each measure and a column for each of `names`. */
export function table(results: Results, names: readonly string[]): string {
  const [first = "", ...others] = names;
  const rows = [["", ...names, ...others.map((name) => `${first}/${name}`), "asked"]];
  for (const [{ name, asked = "" }, values] of results) {
    const medians = names.map((name) => median(values.get(name) ?? []));
    const [own = NaN, ...theirs] = medians;
    const ratios = theirs.map((their) => `${(own / their).toFixed(2)}×`);
    rows.push([name, ...medians.map(rounded), ...ratios, asked]);
  }
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0))
  );
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
