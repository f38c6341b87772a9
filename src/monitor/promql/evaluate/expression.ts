import { negateHistogram } from "../../histogram/mod.ts";
import type { Binary, Expression } from "../ast.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import type { Steps, StepSeries } from "../value.ts";
import { aggregate } from "./aggregations.ts";
import { scalarCall, vectorCall } from "./calls.ts";
import type { Evaluator, QueryContext } from "./evaluator.ts";
import { valueType } from "../parse/mod.ts";
import { mergeSameLabels, resultLabels } from "./names.ts";
import { holdResult } from "./sample_budget.ts";
import { scalarOperation, vectorScalarOperation } from "./scalar_operators.ts";
import { selectorVector } from "./selectors.ts";
import { setOperation } from "./set_operators.ts";
import { draftSeries, firstStep, repeat, setValue, stretchOf, valueAt } from "./steps.ts";
import { vectorOperation } from "./vector_operators.ts";

/** What evaluates the expressions of a query; each is evaluated for all steps at once. */
export function createEvaluator(context: QueryContext): Evaluator {
  const evaluator: Evaluator = {
    ...context,
    vector: (expression, steps) => vector(evaluator, expression, steps),
    scalar: (expression, steps) => scalar(evaluator, expression, steps),
  };
  return evaluator;
}

async function vector(
  evaluator: Evaluator,
  expression: Expression,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  if (steps.count === 0) return [];
  if (evaluator.pace.due()) await evaluator.pace.giveWay();
  if (steps.count === 1 || !evaluator.invariants.has(expression)) {
    return await vectorAtEachStep(evaluator, expression, steps);
  }
  const held = evaluator.samples.current;
  const once = await vectorAtEachStep(evaluator, expression, firstStep(steps));
  const result: StepSeries[] = [];
  for (const series of once) {
    result.push(repeat(series, steps.count));
    if (evaluator.pace.due(16)) await evaluator.pace.giveWay();
  }
  await holdResult(evaluator.samples, held, result, evaluator.pace);
  return result;
}

async function scalar(
  evaluator: Evaluator,
  expression: Expression,
  steps: Steps,
): Promise<Float64Array> {
  if (expression.kind === "number") return new Float64Array(steps.count).fill(expression.value);
  if (steps.count <= 1 || !evaluator.invariants.has(expression)) {
    return await scalarAtEachStep(evaluator, expression, steps);
  }
  const [value] = await scalarAtEachStep(evaluator, expression, firstStep(steps));
  return new Float64Array(steps.count).fill(value ?? NaN);
}

async function vectorAtEachStep(
  evaluator: Evaluator,
  expression: Expression,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  switch (expression.kind) {
    case "selector":
      return await selectorVector(evaluator, expression, steps);
    case "parentheses":
      return await evaluator.vector(expression.expression, steps);
    case "unary":
      return expression.operator === "+"
        ? await evaluator.vector(expression.operand, steps)
        : await negate(evaluator, expression.operand, steps);
    case "binary":
      return await binary(evaluator, expression, steps);
    case "aggregation":
      return await aggregate(evaluator, expression, steps);
    case "call":
      return await vectorCall(evaluator, expression, steps);
    default:
      throw new TypeError(`a ${expression.kind} is no instant vector`);
  }
}

async function scalarAtEachStep(
  evaluator: Evaluator,
  expression: Expression,
  steps: Steps,
): Promise<Float64Array> {
  switch (expression.kind) {
    case "number":
      return new Float64Array(steps.count).fill(expression.value);
    case "parentheses":
      return await evaluator.scalar(expression.expression, steps);
    case "unary": {
      const values = await evaluator.scalar(expression.operand, steps);
      if (expression.operator === "+") return values;
      const negated = new Float64Array(values.length);
      await inStretches(values.length, STRETCH, evaluator.pace, (from, to) => {
        for (let i = from; i < to; i++) negated[i] = -(values[i] as number);
      });
      return negated;
    }
    case "binary":
      return await scalarOperation(evaluator, expression, steps);
    case "call":
      return await scalarCall(evaluator, expression, steps);
    default:
      throw new TypeError(`a ${expression.kind} is no scalar`);
  }
}

function binary(
  evaluator: Evaluator,
  expression: Binary,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const { operator, left, right } = expression;
  if (operator === "and" || operator === "or" || operator === "unless") {
    return setOperation(evaluator, expression, steps);
  }
  return valueType(left) === "vector" && valueType(right) === "vector"
    ? vectorOperation(evaluator, expression, steps)
    : vectorScalarOperation(evaluator, expression, steps);
}

async function negate(
  evaluator: Evaluator,
  operand: Expression,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const result: StepSeries[] = [];
  for (const series of await evaluator.vector(operand, steps)) {
    const draft = draftSeries(resultLabels(series.labels, evaluator), steps.count, true);
    await inStretches(steps.count, stretchOf(series), evaluator.pace, (from, to) => {
      for (let step = from; step < to; step++) {
        const value = valueAt(series, step);
        if (value === undefined) continue;
        setValue(draft, step, typeof value === "number" ? -value : negateHistogram(value));
      }
    });
    result.push(draft);
    if (evaluator.pace.due(4)) await evaluator.pace.giveWay();
  }
  return evaluator.delayedNameRemoval ? result : mergeSameLabels(result, evaluator.pace);
}
