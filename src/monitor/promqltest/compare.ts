/** A result against what a script expects. */
import { type FloatHistogram, histogramsEqual } from "../histogram/mod.ts";
import type { Labels } from "../labels.ts";
import type { MatrixSeries, QueryResult, VectorSample } from "../promql/value.ts";
import { almostEqual } from "./almost_equal.ts";
import type { EvalCommand, ExpectedResult } from "./eval_command.ts";
import type { TextMatch } from "./expectation.ts";
import type { SequenceValue, SeriesLine } from "./series.ts";
import { showValue } from "./show.ts";

/** What a query gave: its result and its annotations. */
export interface QueryAnswer {
  readonly result: QueryResult;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

/** What is wrong with a result, undefined when it is as expected. */
export function resultProblem(
  result: QueryResult,
  expected: ExpectedResult,
  { isOrdered }: Pick<EvalCommand, "isOrdered">,
): string | undefined {
  if (expected.kind === "string") {
    return result.type === "string" && result.value === expected.value
      ? undefined
      : `expected the string ${JSON.stringify(expected.value)}`;
  }
  if (expected.kind === "scalar") {
    return result.type === "scalar" && almostEqual(result.value, expected.value)
      ? undefined
      : `expected the scalar ${expected.value}`;
  }
  if (result.type === "vector") return vectorProblem(result.samples, expected.series, isOrdered);
  if (result.type !== "matrix") return `expected series, got a ${result.type}`;
  if (isOrdered) return "expected series in order, got a matrix";
  return orderProblem(result.series) ?? matrixProblem(result.series, expected);
}

/** What is wrong with the annotations, undefined when they are as expected. */
export function annotationProblem(
  { warnings, infos }: Pick<QueryAnswer, "warnings" | "infos">,
  expected: EvalCommand,
): string | undefined {
  if (!expected.allowsWarnings && warnings.length > 0) return `unexpected warning: ${warnings[0]}`;
  if (!expected.allowsInfos && infos.length > 0) return `unexpected info: ${infos[0]}`;
  return textsProblem("warning", warnings, expected.warnings) ??
    textsProblem("info", infos, expected.infos);
}

/** Range results are sorted by labels. */
export function orderProblem(series: readonly MatrixSeries[]): string | undefined {
  for (let i = 1; i < series.length; i++) {
    const [before, after] = [series[i - 1], series[i]];
    if (before !== undefined && after !== undefined && before.labels.compare(after.labels) > 0) {
      return `series are not sorted by labels: ${before.labels} comes before ${after.labels}`;
    }
  }
  return undefined;
}

function textsProblem(
  kind: string,
  found: readonly string[],
  expected: readonly TextMatch[],
): string | undefined {
  if (expected.length === 0) return undefined;
  const missing = expected.find((match) => !found.some((text) => match.matches(text)));
  if (missing !== undefined) {
    return `expected ${kind} ${missing.description}, got ${JSON.stringify(found)}`;
  }
  const surplus = found.find((text) => !expected.some((match) => match.matches(text)));
  return surplus === undefined ? undefined : `unexpected ${kind}: ${surplus}`;
}

function vectorProblem(
  samples: readonly VectorSample[],
  expected: readonly SeriesLine[],
  isOrdered: boolean,
): string | undefined {
  const wanted = new Map(expected.map((line, position) => [line.labels.key, { line, position }]));
  const seen = new Set<string>();
  for (const [position, { labels, value }] of samples.entries()) {
    const match = wanted.get(labels.key);
    if (match === undefined) return `unexpected series ${labels} ${showValue(value)}`;
    if (seen.has(labels.key)) return `series ${labels} comes twice`;
    if (isOrdered && match.position !== position) {
      return `expected ${labels} at place ${match.position + 1}, found it at ${position + 1}`;
    }
    const problem = valueProblem(value, match.line.values[0], labels);
    if (problem !== undefined) return problem;
    seen.add(labels.key);
  }
  return missingProblem(expected, seen);
}

function matrixProblem(
  series: readonly MatrixSeries[],
  { series: expected, steps }: Extract<ExpectedResult, { kind: "series" }>,
): string | undefined {
  if (steps === undefined && expected.length > 0) return "expected an instant vector, got a matrix";
  const wanted = new Map(expected.map((line) => [line.labels.key, line]));
  const seen = new Set<string>();
  for (const { labels, times, values, histograms } of series) {
    const line = wanted.get(labels.key);
    if (line === undefined || steps === undefined) {
      return `unexpected series ${labels} with ${times.length} samples`;
    }
    const points = line.values.map((value, i) => ({ value, time: steps.start + i * steps.step }))
      .filter(({ value }) => value.kind !== "omitted");
    if (points.length !== times.length) {
      return `expected ${points.length} samples of ${labels}, got ${times.length}`;
    }
    for (const [i, { value, time }] of points.entries()) {
      if (time > steps.end) return `the range has no room for ${points.length} samples`;
      if (times[i] !== time) return `expected a sample of ${labels} at ${time}, got ${times[i]}`;
      const problem = valueProblem(histograms?.[i] ?? values[i] ?? NaN, value, labels, time);
      if (problem !== undefined) return problem;
    }
    seen.add(labels.key);
  }
  return missingProblem(expected, seen);
}

function valueProblem(
  got: number | FloatHistogram,
  expected: SequenceValue | undefined,
  labels: Labels,
  time?: number,
): string | undefined {
  return isExpected(got, expected)
    ? undefined
    : `expected ${expected === undefined ? "nothing" : showValue(expected)} for ${labels}${
      time === undefined ? "" : ` at ${time}`
    }, got ${showValue(got)}`;
}

function isExpected(got: number | FloatHistogram, expected: SequenceValue | undefined): boolean {
  if (typeof got === "number") {
    return expected?.kind === "number" && almostEqual(got, expected.value);
  }
  return expected?.kind === "histogram" &&
    histogramsEqual(got, expected.histogram, (a, b) => almostEqual(a, b)) &&
    (!expected.hasCounterReset || got.counterReset === expected.histogram.counterReset);
}

function missingProblem(
  expected: readonly SeriesLine[],
  seen: ReadonlySet<string>,
): string | undefined {
  const missing = expected.find(({ labels }) => !seen.has(labels.key));
  return missing === undefined ? undefined : `expected series ${missing.labels}, which is missing`;
}
