/** How a comparison went, for people. */
import type { Comparison, Finding, Question } from "./harness.ts";

/** How many examples of each kind of difference are shown. */
const EXAMPLES = 12;

/** A summary, and the shortest examples of each kind. */
export function showComparison(comparison: Comparison): string[] {
  const { asked, bothFailed, bothEmpty, unknown, undecided, findings } = comparison;
  const kinds = Map.groupBy(findings, ({ difference }) => difference.kind);
  return [
    `${asked} queries, ${findings.length} differ, ${bothFailed} fail on both sides, ` +
    `${bothEmpty} are empty on both, ${unknown} are of later versions than this Prometheus, ` +
    `${undecided} differ in ties and last digits`,
    ...[...kinds].map(([kind, all]) => `  ${kind}: ${all.length}`),
    ...[...kinds].flatMap(([kind, all]) => ["", `${kind}:`, ...examples(all)]),
  ];
}

function examples(findings: readonly Finding[]): string[] {
  const byQuery = new Map(findings.map((finding) => [finding.smallest.query, finding]));
  return [...byQuery.values()]
    .sort((a, b) => a.smallest.query.length - b.smallest.query.length)
    .slice(0, EXAMPLES)
    .flatMap(({ smallest, difference }) => [
      `  ${smallest.query}`,
      `    ${when(smallest)}: ${difference.detail}`,
    ]);
}

function when({ start, end, step }: Question): string {
  const seconds = [start, end].map((time) => time / 1000);
  return step === undefined
    ? `at ${seconds[0]}`
    : `from ${seconds[0]} to ${seconds[1]} by ${step / 1000}`;
}
