import { uint8Column } from "../../slab.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
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
    const numbers: StepSeries[] = [];
    for (const { labels, present: given, dropName } of series) {
      const present = uint8Column(given.length);
      const rest = inStretches(given.length, STRETCH, evaluator.pace, (from, to) => {
        for (let i = from; i < to; i++) if (given[i] !== 0) present[i] = FLOAT;
      });
      if (rest !== undefined) await rest;
      numbers.push({ labels, present, values, dropName });
      if (evaluator.pace.due(16)) await evaluator.pace.giveWay();
    }
    timed = numbers;
  }
  const result = timed.map((series) => ({
    ...series,
    labels: resultLabels(series.labels, evaluator),
    dropName: true,
  }));
  return mergeSameLabels(result, evaluator.pace);
}
