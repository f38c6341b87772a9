import { METRIC_NAME } from "../../labels.ts";
import type { Matcher } from "../../samples.ts";
import type {
  Aggregation,
  Binary,
  Expression,
  MatrixSelector,
  NumberLiteral,
  Subquery,
  VectorSelector,
} from "../ast.ts";
import { printAt, printOffset, printRange } from "./durations.ts";
import { isPlainLabel, printLabels, printMatching } from "./matching.ts";
import { formatNumber, formatSignedDuration } from "./numbers.ts";
import { quote } from "./quote.ts";

/** An expression in one line, as Prometheus prints it. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return printNumber(expression);
    case "string":
      return quote(expression.value);
    case "selector":
      return printSelector(expression);
    case "range":
      return printMatrixSelector(expression);
    case "subquery":
      return printExpression(expression.expression) + printSubqueryEnd(expression);
    case "parentheses":
      return `(${printExpression(expression.expression)})`;
    case "unary":
      return expression.operator + printExpression(expression.operand);
    case "binary":
      return `${printExpression(expression.left)} ${printOperator(expression)} ${
        printExpression(expression.right)
      }`;
    case "call":
      return `${expression.name}(${expression.arguments.map(printExpression).join(", ")})`;
    case "aggregation": {
      const { parameter } = expression;
      const first = parameter === undefined ? "" : `${printExpression(parameter)}, `;
      return `${printAggregator(expression)}(${first}${printExpression(expression.expression)})`;
    }
  }
}

/** `== bool on (job)`. */
export function printOperator({ operator, returnBool, matching }: Binary): string {
  return `${operator}${returnBool ? " bool" : ""}${printMatching(matching)}`;
}

/** `sum by (job) `, with a space after the labels, or `sum`. */
export function printAggregator({ operator, grouping }: Aggregation): string {
  if (grouping.without) return `${operator} without (${printLabels(grouping.labels)}) `;
  return grouping.labels.length === 0
    ? operator
    : `${operator} by (${printLabels(grouping.labels)}) `;
}

/** `[1h:5m] @ end() offset 1d`. */
export function printSubqueryEnd({ range, step, at, offset }: Subquery): string {
  const steps = step === undefined ? "" : printRange(step);
  return `[${printRange(range)}:${steps}]${printAt(at)}${printOffset(offset)}`;
}

function printNumber({ value, isDuration }: NumberLiteral): string {
  return isDuration ? formatSignedDuration(Math.round(value * 1e9) / 1e6) : formatNumber(value);
}

function printSelector(selector: VectorSelector): string {
  const { at, extension, offset } = selector;
  return printName(selector) + printAt(at) + printExtension(extension) + printOffset(offset);
}

function printMatrixSelector({ selector, range }: MatrixSelector): string {
  const { at, extension, offset } = selector;
  return `${printName(selector)}[${printRange(range)}]${printExtension(extension)}${printAt(at)}${
    printOffset(offset)
  }`;
}

function printName({ name, matchers }: VectorSelector): string {
  const isPlain = /^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name);
  const conditions = matchers
    .filter(({ name: label, type, value }) =>
      !(isPlain && label === METRIC_NAME && type === "=" && value === name)
    )
    .map(printMatcher)
    .sort();
  return `${isPlain ? name : ""}${conditions.length === 0 ? "" : `{${conditions.join(",")}}`}`;
}

/** `job=~"echo|client"`, the name in quotes where it is not plain. */
export function printMatcher({ name, type, value }: Matcher): string {
  return `${isPlainLabel(name) ? name : quote(name)}${type}${quote(value)}`;
}

function printExtension(extension: string | undefined): string {
  return extension === undefined ? "" : ` ${extension}`;
}
