import type { Binary, VectorMatching } from "../ast.ts";
import type { Steps, StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { matchGroups } from "./matching.ts";
import { mergeSameLabels } from "./names.ts";
import { OneSide } from "./one_side.ts";
import { holdResult } from "./sample_budget.ts";
import { VectorOperation } from "./vector_operation.ts";

/** An operator between two vectors, whose series find each other by their labels. */
export async function vectorOperation(
  evaluator: Evaluator,
  expression: Binary,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const held = evaluator.samples.current;
  const left = await evaluator.vector(expression.left, steps);
  const right = await evaluator.vector(expression.right, steps);
  const matching = expression.matching ?? ONE_TO_ONE;
  const isSwapped = matching.cardinality === "one-to-many";
  const many = isSwapped ? right : left;
  const one = isSwapped ? left : right;
  const groups = await matchGroups(many, one, matching, evaluator.pace);
  const operation = new VectorOperation(evaluator, expression, matching, steps);
  const side = new OneSide(one, many, groups, matching, steps.count);
  for (const [index, series] of many.entries()) {
    const rest = operation.addMany(series, groups.left[index] ?? 0, side);
    if (rest !== undefined) await rest;
    if (evaluator.pace.due()) await evaluator.pace.giveWay();
  }
  if (operation.fillsMany) {
    for (const [index, series] of one.entries()) {
      await operation.addUnmatched(series, groups.right[index] ?? 0);
      if (evaluator.pace.due()) await evaluator.pace.giveWay();
    }
  }
  const result = await mergeSameLabels(operation.result(), evaluator.pace);
  await holdResult(evaluator.samples, held, result, evaluator.pace);
  return result;
}

const ONE_TO_ONE: VectorMatching = {
  cardinality: "one-to-one",
  on: false,
  labels: [],
  include: [],
};
