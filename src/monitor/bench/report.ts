/**
 * What benches here print.
 *
 * @module
 */

/** The middle one; of an even number the higher of the two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which that share lies, 0 to 1; one of the values themselves. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Columns as wide as they must be: the first to the left, the others to the right. */
export function showTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const all = [header, ...rows];
  const widths = header.map((_, i) =>
    Math.max(...all.map((row) => Math.min(80, row[i]?.length ?? 0)))
  );
  for (const row of all) {
    const cells = row.map((cell, i) => {
      const width = widths[i] ?? 0;
      return i === 0 ? cell.slice(0, width).padEnd(width) : cell.padStart(width);
    });
    print(cells.join("  ").trimEnd());
  }
  print("");
}

/** One line on standard output. */
export function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
