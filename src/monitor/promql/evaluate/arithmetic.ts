import type { BinaryOperator } from "../ast.ts";

/** Operators that give a number. */
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "^" | "atan2";
/** Operators that say yes or no. */
export type ComparisonOperator = "==" | "!=" | ">" | "<" | ">=" | "<=";

const ARITHMETIC: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "^": power,
  "atan2": Math.atan2,
};

const COMPARISONS: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
};

export function isArithmetic(operator: BinaryOperator): operator is ArithmeticOperator {
  return operator in ARITHMETIC;
}

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return operator in COMPARISONS;
}

export function arithmetic(operator: ArithmeticOperator): (a: number, b: number) => number {
  return ARITHMETIC[operator];
}

export function comparison(operator: ComparisonOperator): (a: number, b: number) => boolean {
  return COMPARISONS[operator];
}

/** IEEE 754's `pow`, where JavaScript differs: 1 to any power is 1, and so is -1 to ±Inf. */
export function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return base ** exponent;
}
