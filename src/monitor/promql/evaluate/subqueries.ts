import type { Subquery } from "../ast.ts";
import { FLOAT, type Steps, type StepSeries } from "../value.ts";
import type { Samples } from "../../samples.ts";
import { milliseconds } from "./durations.ts";
import type { Evaluator } from "./evaluator.ts";
import type { RangeSeries } from "./ranges.ts";
import { dataSteps, withoutResetHint } from "./selectors.ts";
import { stepsOf } from "./steps.ts";

/**
 * The steps at which a subquery is evaluated so that the ranges of all outer steps are covered:
 * multiples of its own step, whatever the outer steps are.
 */
export function subquerySteps(evaluator: Evaluator, subquery: Subquery, steps: Steps): Steps {
  const range = milliseconds(subquery.range);
  const step = milliseconds(subquery.step) || evaluator.noStepSubqueryMs(range);
  const ends = dataSteps(subquery, steps);
  const lastEnd = ends.start + (ends.count - 1) * ends.step;
  return stepsOf((Math.floor((ends.start - range) / step) + 1) * step, lastEnd, step);
}

/** The values of a subquery as samples. */
export async function subquerySeries(
  evaluator: Evaluator,
  subquery: Subquery,
  outer: Steps,
): Promise<RangeSeries[]> {
  const steps = subquerySteps(evaluator, subquery, outer);
  if (steps.count === 0) return [];
  const times = Float64Array.from({ length: steps.count }, (_, i) => steps.start + i * steps.step);
  const result: RangeSeries[] = [];
  for (const series of await evaluator.vector(subquery.expression, steps)) {
    const { labels, dropName } = series;
    result.push({ labels, samples: samplesOf(series, times), dropName });
    if (evaluator.pace.due(16)) await evaluator.pace.giveWay();
  }
  return result;
}

/** Samples of the steps that have a value; the arrays themselves where all have. */
export function samplesOf(
  { present, values, histograms }: StepSeries,
  times: Float64Array,
): Samples {
  if (histograms === undefined && present.every((kind) => kind === FLOAT)) return { times, values };
  const keep = (_: unknown, index: number) => present[index] !== 0;
  const isFloat = present.filter(keep);
  return {
    times: times.filter(keep),
    values: values.filter(keep).map((value, i) => isFloat[i] === FLOAT ? value : NaN),
    ...(histograms === undefined ? {} : {
      // Samples between those of the subquery are not there to be compared with.
      histograms: histograms.filter(keep).map((histogram, i) =>
        isFloat[i] === FLOAT || histogram === undefined ? undefined : withoutResetHint(histogram)
      ),
    }),
  };
}
