import type { Expression, ValueType } from "../ast.ts";
import { SIGNATURES } from "../functions/signatures.ts";

/** What an expression gives, if its types are right. */
export function valueType(expression: Expression): ValueType {
  switch (expression.kind) {
    case "number":
      return "scalar";
    case "string":
      return "string";
    case "selector":
    case "aggregation":
      return "vector";
    case "range":
    case "subquery":
      return "matrix";
    case "parentheses":
      return valueType(expression.expression);
    case "unary":
      return valueType(expression.operand);
    case "call":
      return SIGNATURES.get(expression.name)?.returns ?? "vector";
    case "binary":
      // The right side first: where operators follow each other, it is the shorter one.
      return valueType(expression.right) === "scalar" && valueType(expression.left) === "scalar"
        ? "scalar"
        : "vector";
  }
}
