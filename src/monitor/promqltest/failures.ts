/** Failed cases as people read them. */
import type { CaseReport } from "./run_script.ts";

/** Lines about a case, none where all its variants passed. */
export function showFailure(file: string, report: CaseReport): string[] {
  const { line, query, expected, asWritten, rangeMode, all } = report;
  const problem = asWritten ?? (rangeMode === "none" ? all : rangeMode ?? all);
  if (problem === undefined) return [];
  const way = problem.way === "" ? "" : ` (${problem.way})`;
  return [
    "",
    `${file}:${line}: ${query}`,
    `  ${problem.reason}${way}`,
    ...(problem.query === query ? [] : [`  asked: ${problem.query}`]),
    ...expected.map((text) => `  expected: ${text}`),
    ...problem.got.map((text) => `  got:      ${text}`),
  ];
}
