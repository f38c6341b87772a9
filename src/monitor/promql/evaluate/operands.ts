import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import {
  addHistograms,
  compactHistogram,
  divideHistogram,
  histogramsEqual,
  IncompatibleHistogramsError,
  multiplyHistogram,
  subtractHistograms,
  trimAbove,
  trimBelow,
  withCounterReset,
} from "../../histogram/mod.ts";
import type { Annotations } from "../annotations.ts";
import type { Binary, BinaryOperator } from "../ast.ts";
import { conflictingResets, mismatchedBounds } from "../functions/messages.ts";
import { arithmetic, comparison, isArithmetic, isComparison } from "./arithmetic.ts";

/** A value that an operator works on. */
export type Operand = number | FloatHistogram;

/** What an operator gives for two values. */
export interface Outcome {
  readonly value: Operand;
  /** False where a comparison does not hold. */
  readonly isKept: boolean;
}

/** An operator between two values of vectors; undefined where they cannot be brought together. */
export type ElementOperator = (left: Operand, right: Operand) => Outcome | undefined;

/** The operator of an expression, which says in the annotations what it cannot do. */
export function elementOperator(
  expression: Binary,
  annotations: Annotations,
): ElementOperator {
  const { operator } = expression;
  const numbers = numberOperator(operator);
  const incompatible = (left: Operand, right: Operand) => {
    annotations.info(
      `incompatible sample types encountered for binary operator "${operator}": ` +
        `${kindOf(left)} ${operator} ${kindOf(right)}`,
      expression,
    );
    return undefined;
  };
  return (left, right) => {
    if (typeof left === "number") {
      if (typeof right !== "number") {
        return operator === "*"
          ? kept(compactHistogram(multiplyHistogram(right, left)))
          : incompatible(left, right);
      }
      return numbers === undefined ? incompatible(left, right) : numbers(left, right);
    }
    if (typeof right === "number") {
      return byNumber(operator, left, right) ?? incompatible(left, right);
    }
    if (operator === "+" || operator === "-") return combine(expression, left, right, annotations);
    if (operator !== "==" && operator !== "!=") return incompatible(left, right);
    return { value: left, isKept: histogramsEqual(left, right) === (operator === "==") };
  };
}

function kindOf(operand: Operand): string {
  return typeof operand === "number" ? "float" : "histogram";
}

function kept(value: Operand): Outcome {
  return { value, isKept: true };
}

function numberOperator(
  operator: BinaryOperator,
): ((left: number, right: number) => Outcome) | undefined {
  if (isArithmetic(operator)) {
    const calculate = arithmetic(operator);
    return (left, right) => kept(calculate(left, right));
  }
  if (isComparison(operator)) {
    const holds = comparison(operator);
    return (left, right) => ({ value: left, isKept: holds(left, right) });
  }
  return undefined;
}

function byNumber(
  operator: BinaryOperator,
  histogram: FloatHistogram,
  number: number,
): Outcome | undefined {
  switch (operator) {
    case "*":
      return kept(compactHistogram(multiplyHistogram(histogram, number)));
    case "/":
      return kept(compactHistogram(divideHistogram(histogram, number)));
    case "</":
      return kept(trimAbove(histogram, number));
    case ">/":
      return kept(trimBelow(histogram, number));
    default:
      return undefined;
  }
}

function combine(
  expression: Binary,
  left: FloatHistogram,
  right: FloatHistogram,
  annotations: Annotations,
): Outcome | undefined {
  const isSum = expression.operator === "+";
  const operation = isSum ? "addition" : "subtraction";
  try {
    const { histogram, counterResetCollision, boundsReconciled } = isSum
      ? addHistograms(left, right)
      : subtractHistograms(left, right);
    if (counterResetCollision) {
      annotations.warn(conflictingResets(operation), expression);
      return undefined;
    }
    if (boundsReconciled) annotations.info(mismatchedBounds(operation), expression);
    return kept(isSum ? histogram : withCounterReset(histogram, "gauge"));
  } catch (error) {
    if (!(error instanceof IncompatibleHistogramsError)) throw error;
    annotations.warn(
      `incompatible bucket layout encountered for binary operator ${expression.operator}`,
      expression,
    );
    return undefined;
  }
}
