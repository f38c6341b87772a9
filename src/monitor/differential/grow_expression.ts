/** Random expressions of each type. */
import type { ValueType } from "../promql/ast.ts";
import { growAggregation } from "./grow_aggregation.ts";
import { growVectorOperator } from "./grow_operator.ts";
import { growCall } from "./grow_call.ts";
import { growRange, growSelector, growSubqueryRange } from "./grow_selector.ts";
import { choose, type Growth, oneIn } from "./growth.ts";

/** An expression of `type`, up to `depth` levels over its selectors and numbers. */
export function growExpression(growth: Growth, type: ValueType, depth: number): string {
  switch (type) {
    case "scalar":
      return growScalar(growth, depth);
    case "string":
      return JSON.stringify(growth.random.pick(["", "a", "job", "é"]));
    case "matrix":
      return growMatrix(growth, depth);
    case "vector":
      return growVector(growth, depth);
  }
}

/** A query: mostly an instant vector. */
export function growQuery(growth: Growth): string {
  const type = choose<ValueType>(growth.random, [[1, "scalar"], [30, "vector"]]);
  return growExpression(growth, type, 1 + growth.random.below(4));
}

const NUMBERS = [
  "0",
  "1",
  "2",
  "0.5",
  "-1",
  "100",
  "1e3",
  "0x1F",
  "3.7",
  "NaN",
  "Inf",
  "-Inf",
  "5m",
];

function growScalar(growth: Growth, depth: number): string {
  const { random } = growth;
  if (depth <= 0) return random.pick(NUMBERS);
  const inner = () => growScalar(growth, depth - 1);
  return choose<() => string>(random, [
    [6, () => random.pick(NUMBERS)],
    [3, () => growCall(growth, "scalar", depth)],
    [2, () => `${inner()} ${random.pick(["+", "-", "*", "/", "%", "^", "atan2"])} ${inner()}`],
    [1, () => `${inner()} ${random.pick(["==", "!=", "<", ">", "<=", ">="])} bool ${inner()}`],
    [1, () => `-(${inner()})`],
    [1, () => `(${inner()})`],
  ])();
}

function growMatrix(growth: Growth, depth: number): string {
  const { random } = growth;
  if (depth <= 0 || !oneIn(random, 4)) return growRange(growth);
  return `(${growVector(growth, depth - 1)})${growSubqueryRange(growth)}`;
}

function growVector(growth: Growth, depth: number): string {
  if (depth <= 0) return growSelector(growth);
  return choose<() => string>(growth.random, [
    [2, () => growSelector(growth)],
    [8, () => growCall(growth, "vector", depth)],
    [5, () => growAggregation(growth, depth)],
    [5, () => growVectorOperator(growth, depth)],
    [0.5, () => `-${growVector(growth, 0)}`],
    [0.5, () => `(${growVector(growth, depth - 1)})`],
  ])();
}
