import type { Binary } from "../ast.ts";
import { QueryError } from "../errors.ts";
import { quote } from "../print/mod.ts";
import type { Steps, StepSeries } from "../value.ts";
import { FLOAT } from "../value.ts";
import { arithmetic, comparison, isArithmetic, isComparison } from "./arithmetic.ts";
import type { Evaluator } from "./evaluator.ts";
import { valueType } from "../parse/mod.ts";
import { mergeSameLabels, resultLabels } from "./names.ts";
import { elementOperator, type Operand } from "./operands.ts";
import { holdResult } from "./sample_budget.ts";
import { draftSeries, hasValues, type SeriesDraft, setValue, valueAt } from "./steps.ts";

/** An operator between two scalars. */
export async function scalarOperation(
  evaluator: Evaluator,
  { operator, left, right }: Binary,
  steps: Steps,
): Promise<Float64Array> {
  const lefts = await evaluator.scalar(left, steps);
  const rights = await evaluator.scalar(right, steps);
  if (isArithmetic(operator)) {
    const calculate = arithmetic(operator);
    return lefts.map((value, step) => calculate(value, rights[step] as number));
  }
  if (!isComparison(operator)) {
    throw new QueryError(
      "execution",
      `operator ${quote(operator)} not allowed for Scalar operations`,
    );
  }
  const holds = comparison(operator);
  return lefts.map((value, step) => holds(value, rights[step] as number) ? 1 : 0);
}

/** An operator between a vector and a scalar, on whichever sides. */
export async function vectorScalarOperation(
  evaluator: Evaluator,
  expression: Binary,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const held = evaluator.samples.current;
  const isLeft = valueType(expression.left) === "vector";
  const vector = await evaluator.vector(isLeft ? expression.left : expression.right, steps);
  const scalar = await evaluator.scalar(isLeft ? expression.right : expression.left, steps);
  const changesName = isArithmetic(expression.operator) || expression.returnBool;
  const result: StepSeries[] = [];
  for (const series of vector) {
    const draft = changesName
      ? draftSeries(resultLabels(series.labels, evaluator), steps.count, true)
      : draftSeries(series.labels, steps.count, series.dropName);
    if (!calculateNumbers(draft, series, scalar, expression, isLeft)) {
      calculate(draft, series, scalar, expression, isLeft, evaluator);
    }
    if (hasValues(draft)) result.push(draft);
    if (evaluator.pace.due(4)) await evaluator.pace.giveWay();
  }
  const merged = changesName ? await mergeSameLabels(result, evaluator.pace) : result;
  await holdResult(evaluator.samples, held, merged, evaluator.pace);
  return merged;
}

/** The plain case, fast: numbers only. False where it is not that. */
function calculateNumbers(
  draft: SeriesDraft,
  { values, present, histograms }: StepSeries,
  scalar: Float64Array,
  { operator }: Binary,
  isLeft: boolean,
): boolean {
  if (histograms !== undefined || !isArithmetic(operator)) return false;
  const calculate = arithmetic(operator);
  for (let step = 0; step < present.length; step++) {
    if (present[step] !== FLOAT) continue;
    const value = values[step] as number;
    const number = scalar[step] as number;
    draft.values[step] = isLeft ? calculate(value, number) : calculate(number, value);
  }
  draft.present.set(present);
  return true;
}

function calculate(
  draft: SeriesDraft,
  series: StepSeries,
  scalar: Float64Array,
  expression: Binary,
  isLeft: boolean,
  evaluator: Evaluator,
): void {
  const operate = elementOperator(expression, evaluator.annotations);
  const comparesOnly = isComparison(expression.operator);
  for (let step = 0; step < series.present.length; step++) {
    const value = valueAt(series, step);
    if (value === undefined) continue;
    const number = scalar[step] as number;
    const outcome = isLeft ? operate(value, number) : operate(number, value);
    if (outcome === undefined) continue;
    // A comparison keeps the vector's value, on whichever side that is.
    const result: Operand = comparesOnly ? value : outcome.value;
    if (expression.returnBool) setValue(draft, step, outcome.isKept ? 1 : 0);
    else if (outcome.isKept) setValue(draft, step, result);
  }
}
