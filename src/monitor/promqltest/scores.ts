/** How many cases passed, in three ways of counting, as a table. */
import type { CaseReport } from "./run_script.ts";

/** Cases that passed, of all that there are. */
export interface Score {
  readonly passed: number;
  readonly total: number;
}

/** The three ways of counting. */
export interface Scores {
  readonly asWritten: Score;
  /** Of the cases that have a range variant. */
  readonly rangeMode: Score;
  readonly all: Score;
}

/** Counts reports. */
export function scoresOf(reports: readonly CaseReport[]): Scores {
  const score = (problems: readonly unknown[]): Score => ({
    passed: problems.filter((problem) => problem === undefined).length,
    total: problems.length,
  });
  return {
    asWritten: score(reports.map(({ asWritten }) => asWritten)),
    rangeMode: score(reports.map(({ rangeMode }) => rangeMode).filter((one) => one !== "none")),
    all: score(reports.map(({ all }) => all)),
  };
}

/** A line of the table for each file, then for each folder, then for everything. */
export function scoreTable(files: ReadonlyMap<string, readonly CaseReport[]>): string[] {
  const rows = [...files].map(([file, reports]) => row(file, reports));
  const folders = Map.groupBy(files, ([file]) => file.slice(0, file.lastIndexOf("/") + 1));
  if (folders.size > 1) {
    for (const [folder, members] of folders) {
      rows.push(row(folder === "" ? "./" : folder, members.flatMap(([, reports]) => reports)));
    }
  }
  rows.push(row("total", [...files.values()].flat()));
  return align([HEADER, ...rows]);
}

const HEADER = [
  "passed/total",
  "as written",
  "range mode",
  "all variants",
  "without empty results: as written",
  "range mode",
  "all variants",
];

function row(name: string, reports: readonly CaseReport[]): string[] {
  const cells = [reports, reports.filter(({ isEmpty }) => !isEmpty)].flatMap((some) => {
    const { asWritten, rangeMode, all } = scoresOf(some);
    return [asWritten, rangeMode, all].map(({ passed, total }) => `${passed}/${total}`);
  });
  return [name, ...cells];
}

function align(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADER.map((_, i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0)));
  return rows.map((cells) =>
    cells.map((cell, i) => i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))
      .join("  ")
  );
}
