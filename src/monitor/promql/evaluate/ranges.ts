import type { Labels } from "../../labels.ts";
import type { Samples } from "../../samples.ts";
import type { Expression, MatrixSelector, Subquery } from "../ast.ts";
import type { RangeWindow } from "../functions/function.ts";
import type { Steps } from "../value.ts";
import { milliseconds } from "./durations.ts";
import type { Evaluator } from "./evaluator.ts";
import { dataSteps, selectSeries } from "./selectors.ts";
import { subquerySeries } from "./subqueries.ts";
import { plainSamples } from "./windows.ts";

/** A series that windows move over. */
export interface RangeSeries {
  readonly labels: Labels;
  /** Without stale markers. */
  readonly samples: Samples;
  readonly dropName: boolean;
}

/** A range vector for all steps. */
export interface RangeVector {
  readonly series: readonly RangeSeries[];
  readonly rangeMs: number;
  /** Where the ranges end: the steps, but for offset and `@`. */
  readonly ends: Steps;
  readonly extension: RangeWindow["extension"];
  /** How far windows may look beyond their ends; milliseconds. */
  readonly before: number;
  readonly after: number;
}

export function isRange(expression: Expression): expression is MatrixSelector | Subquery {
  return expression.kind === "range" || expression.kind === "subquery";
}

/** The samples that the ranges of all steps lie in. */
export async function rangeVector(
  evaluator: Evaluator,
  expression: MatrixSelector | Subquery,
  steps: Steps,
): Promise<RangeVector> {
  const rangeMs = milliseconds(expression.range);
  if (expression.kind === "subquery") {
    const ends = dataSteps(expression, steps);
    const series = await subquerySeries(evaluator, expression, steps);
    return { series, rangeMs, ends, extension: undefined, before: 0, after: 0 };
  }
  const { selector } = expression;
  const { extension } = selector;
  const ends = dataSteps(selector, steps);
  const before = extension === undefined ? 0 : evaluator.lookbackMs;
  const after = extension === "smoothed" ? evaluator.lookbackMs : 0;
  const selected = await selectSeries(evaluator, selector, {
    start: ends.start - rangeMs - before + 1,
    end: ends.end + after,
  });
  const series: RangeSeries[] = [];
  for (const { labels, samples } of selected) {
    const plain = plainSamples(samples, evaluator);
    series.push({
      labels,
      samples: plain instanceof Promise ? await plain : plain,
      dropName: false,
    });
    if (evaluator.pace.due(64)) await evaluator.pace.giveWay();
  }
  return { series, rangeMs, ends, extension, before, after };
}
