import type { Call } from "../ast.ts";
import { FLOAT, type Steps, type StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { mergeSameLabels, resultLabels } from "./names.ts";
import { selectorTimes } from "./selectors.ts";
import { timesOf } from "./steps.ts";

/** Of a selector the samples' own times, of anything else the times of the steps. */
export async function timestampCall(
  evaluator: Evaluator,
  call: Call,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const [argument] = call.arguments;
  if (argument === undefined) throw new TypeError(`${call.name}() needs a vector`);
  const isStart = call.name === "start_timestamp";
  let timed: readonly StepSeries[];
  if (argument.kind === "selector") {
    if (isStart && !evaluator.useStartTimes) return [];
    timed = await selectorTimes(
      evaluator,
      argument,
      steps,
      isStart ? "starts" : "times",
    );
  } else {
    const series = await evaluator.vector(argument, steps);
    // What is computed has no start, but what is said of it on the way counts.
    if (isStart) return [];
    const values = await timesOf(steps, evaluator.pace);
    timed = series.map(({ labels, present, dropName }) => ({
      labels,
      present: present.map((kind) => kind === 0 ? 0 : FLOAT),
      values,
      dropName,
    }));
  }
  const result = timed.map((series) => ({
    ...series,
    labels: resultLabels(series.labels, evaluator),
    dropName: true,
  }));
  return mergeSameLabels(result, evaluator.pace);
}
