import type { Pace } from "../../pace.ts";
import type { Binary, VectorMatching } from "../ast.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import { ABSENT, type Steps, type StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { groupPresence, matchGroups } from "./matching.ts";
import { mergeSameLabels } from "./names.ts";
import { holdResult } from "./sample_budget.ts";
import { hasValues } from "./steps.ts";

const BY_ALL_LABELS: Pick<VectorMatching, "on" | "labels"> = { on: false, labels: [] };

/** `and`, `or`, `unless`: which samples stay is decided by whether others match them. */
export async function setOperation(
  evaluator: Evaluator,
  { operator, left, right, matching }: Binary,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const held = evaluator.samples.current;
  const lefts = await evaluator.vector(left, steps);
  const rights = await evaluator.vector(right, steps);
  const by = matching ?? BY_ALL_LABELS;
  const groups = await matchGroups(lefts, rights, by, evaluator.pace);
  let result: readonly StepSeries[];
  if (operator === "or") {
    const taken = await groupPresence(lefts, groups.left, groups.count, evaluator.pace);
    const added = await keepSteps(rights, groups.right, taken, false, evaluator.pace);
    result = await mergeSameLabels([...lefts, ...added], evaluator.pace);
  } else {
    const matched = await groupPresence(rights, groups.right, groups.count, evaluator.pace);
    const wanted = operator === "and";
    result = await keepSteps(lefts, groups.left, matched, wanted, evaluator.pace);
  }
  await holdResult(evaluator.samples, held, result, evaluator.pace);
  return result;
}

/** Series with the steps alone at which their group is there, or is not. */
async function keepSteps(
  all: readonly StepSeries[],
  groups: Int32Array,
  presence: readonly (Uint8Array | undefined)[],
  wanted: boolean,
  pace: Pace,
): Promise<StepSeries[]> {
  const result: StepSeries[] = [];
  for (const [index, series] of all.entries()) {
    if (pace.due(16)) await pace.giveWay();
    const others = presence[groups[index] ?? 0];
    if (others === undefined) {
      if (!wanted) result.push(series);
      continue;
    }
    const present = series.present.slice();
    await inStretches(present.length, STRETCH, pace, (from, to) => {
      for (let step = from; step < to; step++) {
        if ((others[step] !== 0) !== wanted) present[step] = ABSENT;
      }
    });
    if (hasValues({ present })) result.push({ ...series, present });
  }
  return result;
}
