import type { Expression } from "../ast.ts";

/** The expressions that an expression is made of, left to right. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "parentheses":
    case "subquery":
      return [expression.expression];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "call":
      return expression.arguments;
    case "aggregation":
      return expression.parameter === undefined
        ? [expression.expression]
        : [expression.parameter, expression.expression];
    case "range":
      return [expression.selector];
    case "selector":
    case "number":
    case "string":
      return [];
  }
}
