import type { Subquery } from "../ast.ts";
import { FLOAT, type Steps, type StepSeries } from "../value.ts";
import type { Pace } from "../../pace.ts";
import type { Samples } from "../../samples.ts";
import { float64Column } from "../../slab.ts";
import { milliseconds } from "./durations.ts";
import type { Evaluator } from "./evaluator.ts";
import type { RangeSeries } from "./ranges.ts";
import { dataSteps, withoutResetHint } from "./selectors.ts";
import { stepsOf } from "./steps.ts";

/** Steps between two looks at the clock. */
const STRIDE = 65_536;

/** As how many samples each step counts for whether a subquery is evaluated at all. */
const STEP_SIZE = 8;

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
  evaluator.samples.check(steps.count * STEP_SIZE);
  const times = new Float64Array(steps.count);
  for (let i = 0; i < steps.count; i++) {
    times[i] = steps.start + i * steps.step;
    if (i % STRIDE === STRIDE - 1 && evaluator.pace.due()) await evaluator.pace.giveWay();
  }
  const result: RangeSeries[] = [];
  for (const series of await evaluator.vector(subquery.expression, steps)) {
    const { labels, dropName } = series;
    const samples = series.histograms === undefined
      ? await numbersOf(series, times, evaluator.pace)
      : samplesOf(series, times);
    result.push({ labels, samples, dropName });
    if (evaluator.pace.due(16)) await evaluator.pace.giveWay();
  }
  return result;
}

/** {@linkcode samplesOf} a series without histograms, with turns for others where it has many steps. */
async function numbersOf(
  { present, values }: StepSeries,
  times: Float64Array,
  pace: Pace,
): Promise<Samples> {
  const isTurn = (step: number) => step % STRIDE === STRIDE - 1 && pace.due();
  let count = 0;
  for (let step = 0; step < present.length; step++) {
    if (present[step] !== 0) count++;
    if (isTurn(step)) await pace.giveWay();
  }
  if (count === present.length) return { times, values };
  const samples = { times: float64Column(count), values: float64Column(count) };
  let at = 0;
  for (let step = 0; step < present.length; step++) {
    if (present[step] !== 0) {
      samples.times[at] = times[step] as number;
      samples.values[at++] = values[step] as number;
    }
    if (isTurn(step)) await pace.giveWay();
  }
  return samples;
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
