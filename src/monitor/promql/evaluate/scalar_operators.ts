import type { Pace } from "../../pace.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
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
import { draftSeries, hasValues, type SeriesDraft, setValue, stretchOf, valueAt } from "./steps.ts";

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
    return await combine(lefts, rights, calculate, evaluator.pace);
  }
  if (!isComparison(operator)) {
    throw new QueryError(
      "execution",
      `operator ${quote(operator)} not allowed for Scalar operations`,
    );
  }
  const holds = comparison(operator);
  return await combine(lefts, rights, (a, b) => holds(a, b) ? 1 : 0, evaluator.pace);
}

async function combine(
  lefts: Float64Array,
  rights: Float64Array,
  calculate: (a: number, b: number) => number,
  pace: Pace,
): Promise<Float64Array> {
  const result = new Float64Array(lefts.length);
  await inStretches(lefts.length, STRETCH, pace, (from, to) => {
    for (let step = from; step < to; step++) {
      result[step] = calculate(lefts[step] as number, rights[step] as number);
    }
  });
  return result;
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
    const calculate = calculationOf(draft, series, scalar, expression, isLeft, evaluator);
    await inStretches(steps.count, stretchOf(series), evaluator.pace, calculate);
    if (hasValues(draft)) result.push(draft);
    if (evaluator.pace.due(4)) await evaluator.pace.giveWay();
  }
  const merged = changesName ? await mergeSameLabels(result, evaluator.pace) : result;
  await holdResult(evaluator.samples, held, merged, evaluator.pace);
  return merged;
}

/** What fills the steps of a series from one to before another. */
type Calculation = (from: number, to: number) => void;

function calculationOf(
  draft: SeriesDraft,
  series: StepSeries,
  scalar: Float64Array,
  expression: Binary,
  isLeft: boolean,
  evaluator: Evaluator,
): Calculation {
  return series.histograms === undefined && isArithmetic(expression.operator)
    ? numberCalculation(draft, series, scalar, arithmetic(expression.operator), isLeft)
    : operandCalculation(draft, series, scalar, expression, isLeft, evaluator);
}

/** The plain case, fast: numbers only. */
function numberCalculation(
  draft: SeriesDraft,
  { values, present }: StepSeries,
  scalar: Float64Array,
  calculate: (a: number, b: number) => number,
  isLeft: boolean,
): Calculation {
  draft.present.set(present);
  return (from, to) => {
    for (let step = from; step < to; step++) {
      if (present[step] !== FLOAT) continue;
      const value = values[step] as number;
      const number = scalar[step] as number;
      draft.values[step] = isLeft ? calculate(value, number) : calculate(number, value);
    }
  };
}

function operandCalculation(
  draft: SeriesDraft,
  series: StepSeries,
  scalar: Float64Array,
  expression: Binary,
  isLeft: boolean,
  evaluator: Evaluator,
): Calculation {
  const operate = elementOperator(expression, evaluator.annotations);
  const comparesOnly = isComparison(expression.operator);
  return (from, to) => {
    for (let step = from; step < to; step++) {
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
  };
}
