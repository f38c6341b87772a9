import type { Expression } from "../ast.ts";
import { printAggregator, printExpression, printOperator, printSubqueryEnd } from "./expression.ts";

/** How many bytes a line may have before an expression is split, as in Prometheus. */
const LONGEST_LINE = 100;

/** An expression over as many lines as it takes; `level` is how far it is indented. */
export function formatExpression(expression: Expression, level = 0): string {
  const indent = "  ".repeat(level);
  const line = printExpression(expression);
  if (!isLong(line)) return expression.kind === "subquery" ? line : indent + line;
  const below = (one: Expression): string => formatExpression(one, level + 1);
  switch (expression.kind) {
    case "aggregation": {
      const { parameter } = expression;
      const first = parameter === undefined ? "" : `${below(parameter)},\n`;
      return `${indent}${printAggregator(expression)}(\n${first}${
        below(expression.expression)
      }\n${indent})`;
    }
    case "binary":
      return `${below(expression.left)}\n${indent}${printOperator(expression)}\n${
        below(expression.right)
      }`;
    case "call":
      return `${indent}${expression.name}(\n${
        expression.arguments.map(below).join(",\n")
      }\n${indent})`;
    case "parentheses":
      return `${indent}(\n${below(expression.expression)}\n${indent})`;
    case "subquery":
      return formatExpression(expression.expression, level) + printSubqueryEnd(expression);
    case "unary": {
      const operand = formatExpression(expression.operand, level).trim();
      return `${indent}${expression.operator}${operand}`;
    }
    default:
      return indent + line;
  }
}

function isLong(line: string): boolean {
  return line.length > LONGEST_LINE || new TextEncoder().encode(line).length > LONGEST_LINE;
}
