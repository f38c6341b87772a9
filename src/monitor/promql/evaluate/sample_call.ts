import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import type { Call } from "../ast.ts";
import type { FunctionImplementation, FunctionNotes } from "../functions/function.ts";
import { inStretches } from "../../stretches.ts";
import { FLOAT, type Steps, type StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { mergeSameLabels, resultLabels } from "./names.ts";
import { holdResult } from "./sample_budget.ts";
import { draftSeries, hasValues, type SeriesDraft, setValue, stretchOf, valueAt } from "./steps.ts";
import { VectorArguments } from "./vector_arguments.ts";

type SampleFunction = FunctionImplementation & { readonly kind: "number" | "sample" };

/** Runs a function of one value at a time. */
export async function sampleCall(
  evaluator: Evaluator,
  call: Call,
  implementation: SampleFunction,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const held = evaluator.samples.current;
  const run = await VectorArguments.of(evaluator, call, steps);
  const scalars = new Array<number>(call.arguments.length).fill(NaN);
  const columns = [...run.scalars];
  const result: StepSeries[] = [];
  for (const series of await run.vectorOrTime()) {
    const draft = draftSeries(resultLabels(series.labels, evaluator), steps.count, true);
    const rest = inStretches(steps.count, stretchOf(series), evaluator.pace, (from, to) => {
      for (let step = from; step < to; step++) {
        if (series.present[step] === 0) continue;
        for (const [index, values] of columns) scalars[index] = values[step] as number;
        evaluateAt(draft, step, series, implementation, scalars, run);
      }
    });
    if (rest !== undefined) await rest;
    if (hasValues(draft)) result.push(draft);
    if (evaluator.pace.due()) await evaluator.pace.giveWay();
  }
  await holdResult(evaluator.samples, held, result, evaluator.pace);
  return mergeSameLabels(result, evaluator.pace);
}

function evaluateAt(
  draft: SeriesDraft,
  step: number,
  series: StepSeries,
  implementation: SampleFunction,
  scalars: readonly number[],
  notes: FunctionNotes,
): void {
  if (implementation.kind === "sample") {
    const value = valueAt(series, step) as number | FloatHistogram;
    setValue(draft, step, implementation.evaluate(value, scalars, notes));
  } else if (series.present[step] === FLOAT) {
    draft.present[step] = FLOAT;
    draft.values[step] = implementation.evaluate(series.values[step] as number, scalars);
  }
}
