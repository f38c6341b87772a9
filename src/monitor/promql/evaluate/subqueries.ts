import type { Subquery } from "../ast.ts";
import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import { ABSENT, FLOAT, type Steps, type StepSeries } from "../value.ts";
import type { Pace } from "../../pace.ts";
import type { Samples } from "../../samples.ts";
import { float64Column } from "../../slab.ts";
import { milliseconds } from "./durations.ts";
import type { Evaluator } from "./evaluator.ts";
import type { RangeSeries } from "./ranges.ts";
import { dataSteps, withoutResetHint } from "./selectors.ts";
import { stepsOf } from "./steps.ts";

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
  await inStretches(steps.count, STRETCH, evaluator.pace, (from, to) => {
    for (let i = from; i < to; i++) times[i] = steps.start + i * steps.step;
  });
  const result: RangeSeries[] = [];
  for (const series of await evaluator.vector(subquery.expression, steps)) {
    const { labels, dropName } = series;
    const samples = await samplesOf(series, times, evaluator.pace);
    result.push({ labels, samples, dropName });
    if (evaluator.pace.due(16)) await evaluator.pace.giveWay();
  }
  return result;
}

/**
 * Samples of the steps that have a value; the arrays themselves where all have a number. Histograms
 * lose their hints: samples between those of a subquery are not there to be compared with.
 */
async function samplesOf(
  { present, values, histograms }: StepSeries,
  times: Float64Array,
  pace: Pace,
): Promise<Samples> {
  let count = 0;
  await inStretches(present.length, STRETCH, pace, (from, to) => {
    for (let step = from; step < to; step++) if (present[step] !== 0) count++;
  });
  if (histograms === undefined && count === present.length) return { times, values };
  const samples = { times: float64Column(count), values: float64Column(count) };
  const kept: (FloatHistogram | undefined)[] = [];
  let at = 0;
  await inStretches(present.length, STRETCH, pace, (from, to) => {
    for (let step = from; step < to; step++) {
      const kind = present[step];
      if (kind === ABSENT) continue;
      samples.times[at] = times[step] as number;
      samples.values[at++] = kind === FLOAT ? values[step] as number : NaN;
      if (histograms === undefined) continue;
      const histogram = kind === FLOAT ? undefined : histograms[step];
      kept.push(histogram && withoutResetHint(histogram));
    }
  });
  return histograms === undefined ? samples : { ...samples, histograms: kept };
}
