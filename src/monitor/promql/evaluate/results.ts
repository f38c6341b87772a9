import { Labels } from "../../labels.ts";
import type { Samples } from "../../samples.ts";
import { sortInSlices } from "../../sort_in_slices.ts";
import { indexAfter } from "../../times.ts";
import type { Expression, MatrixSelector, Subquery } from "../ast.ts";
import { valueType } from "../parse/mod.ts";
import {
  ABSENT,
  FLOAT,
  type MatrixSeries,
  type QueryResult,
  type Steps,
  type StepSeries,
  type VectorSample,
} from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { extendedSamples } from "./extended_ranges.ts";
import { removeDelayedNames, withoutName } from "./names.ts";
import { type RangeVector, rangeVector } from "./ranges.ts";
import { valueAt } from "./steps.ts";

/** The result of an instant query. */
export async function instantResult(
  evaluator: Evaluator,
  expression: Expression,
  steps: Steps,
): Promise<QueryResult> {
  const time = steps.start;
  switch (valueType(expression)) {
    case "string":
      return { type: "string", time, value: stringOf(expression) };
    case "scalar": {
      const [value = NaN] = await evaluator.scalar(expression, steps);
      return { type: "scalar", time, value };
    }
    case "matrix": {
      const series = await ranges(evaluator, expression, steps);
      return { type: "matrix", series: await sortSeries(series, evaluator) };
    }
    case "vector": {
      const samples: VectorSample[] = [];
      for (const series of await finishedVector(evaluator, expression, steps)) {
        const value = valueAt(series, 0);
        if (value !== undefined) samples.push({ labels: series.labels, value });
        if (evaluator.pace.due(64)) await evaluator.pace.giveWay();
      }
      return { type: "vector", time, samples };
    }
  }
}

/** The result of a range query: a matrix, whatever the expression is. */
export async function rangeResult(
  evaluator: Evaluator,
  expression: Expression,
  steps: Steps,
): Promise<QueryResult> {
  const times = Float64Array.from({ length: steps.count }, (_, i) => steps.start + i * steps.step);
  if (valueType(expression) === "scalar") {
    const values = await evaluator.scalar(expression, steps);
    return { type: "matrix", series: [{ labels: Labels.EMPTY, times, values }] };
  }
  const series: MatrixSeries[] = [];
  for (const one of await finishedVector(evaluator, expression, steps)) {
    series.push(matrixSeries(one.labels, presentSamples(one, times)));
    if (evaluator.pace.due(16)) await evaluator.pace.giveWay();
  }
  return { type: "matrix", series: await sortSeries(series, evaluator) };
}

async function finishedVector(
  evaluator: Evaluator,
  expression: Expression,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const series = await evaluator.vector(expression, steps);
  return evaluator.delayedNameRemoval ? await removeDelayedNames(series, evaluator.pace) : series;
}

function stringOf(expression: Expression): string {
  if (expression.kind === "parentheses") return stringOf(expression.expression);
  return expression.kind === "string" ? expression.value : "";
}

/** A range selector or subquery that is the whole query: its samples at their own times. */
async function ranges(
  evaluator: Evaluator,
  expression: Expression,
  steps: Steps,
): Promise<MatrixSeries[]> {
  if (expression.kind === "parentheses") {
    return await ranges(evaluator, expression.expression, steps);
  }
  const range = await rangeVector(evaluator, expression as MatrixSelector | Subquery, steps);
  const result: MatrixSeries[] = [];
  for (const { labels, samples, dropName } of range.series) {
    const inside = range.extension === undefined
      ? samplesInside(samples, range)
      : await extendedSamples(samples, range, evaluator.pace);
    if (inside.times.length > 0) {
      evaluator.samples.hold(inside.times.length);
      result.push(matrixSeries(dropName ? withoutName(labels) : labels, inside));
    }
    if (evaluator.pace.due()) await evaluator.pace.giveWay();
  }
  return result;
}

function samplesInside(samples: Samples, { rangeMs, ends }: RangeVector): Samples {
  const from = indexAfter(samples.times, ends.start - rangeMs);
  const to = indexAfter(samples.times, ends.start, from);
  return {
    times: samples.times.subarray(from, to),
    values: samples.values.subarray(from, to),
    ...(samples.histograms === undefined ? {} : { histograms: samples.histograms.slice(from, to) }),
  };
}

function matrixSeries(labels: Labels, { times, values, histograms }: Samples): MatrixSeries {
  return {
    labels,
    times,
    values,
    ...(histograms === undefined ? {} : { histograms }),
  };
}

function sortSeries(
  series: readonly MatrixSeries[],
  { pace }: Evaluator,
): Promise<MatrixSeries[]> {
  return sortInSlices(series, (a, b) => a.labels.compare(b.labels), pace);
}

/** Of the steps of a range query, which are few. Histograms keep their hints. */
function presentSamples(
  { present, values, histograms }: StepSeries,
  times: Float64Array,
): Samples {
  if (histograms === undefined && present.every((kind) => kind === FLOAT)) return { times, values };
  const isPresent = (_: unknown, step: number) => present[step] !== ABSENT;
  const samples = { times: times.filter(isPresent), values: values.filter(isPresent) };
  if (histograms === undefined) return samples;
  return {
    times: samples.times,
    values: values.map((value, step) => present[step] === FLOAT ? value : NaN).filter(isPresent),
    histograms: histograms.map((histogram, step) => present[step] === FLOAT ? undefined : histogram)
      .filter(isPresent),
  };
}
