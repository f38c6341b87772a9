/** The ways in which Prometheus' own runner asks each query. */
import type { Expression, Subquery, VectorSelector } from "../promql/ast.ts";
import { parseQuery } from "../promql/parse/mod.ts";
import { printExpression } from "../promql/print/mod.ts";

/** A query at another time; it must give what the case expects. */
export interface Variant {
  readonly query: string;
  /** Milliseconds. */
  readonly time: number;
}

/** Functions whose result depends on the time of the query, whatever `@` says. */
const TIME_DEPENDENT = new Set([
  "day_of_month",
  "day_of_week",
  "day_of_year",
  "days_in_month",
  "end",
  "hour",
  "minute",
  "month",
  "predict_linear",
  "range",
  "start",
  "step",
  "time",
  "timestamp",
  "year",
]);

/**
 * The query with all its selectors fixed to `time` (milliseconds) by `@`, at five further times; none
 * where its result depends on the time anyway. Throws QueryError where the query cannot be parsed.
 */
export function fixedTimeVariants(query: string, time: number): Variant[] {
  const expression = parseQuery(query);
  if (dependsOnTime(expression)) return [];
  const fixed = printExpression(fixTime(expression, time));
  const times = time === 0
    ? [-1000, 0, 1000]
    : [-10 * time, 0, Math.floor(time / 5), time, 10 * time];
  return times.map((at) => ({ query: fixed, time: at }));
}

/** Whether a query asks for its own start, end, range or step, so that a range query differs. */
export function asksForRange(query: string): boolean {
  return /(start|end|range|step)\(\)/.test(query);
}

function dependsOnTime(expression: Expression): boolean {
  if (expression.kind === "call" && TIME_DEPENDENT.has(expression.name)) return true;
  // What is inside a subquery follows the subquery's time, and that is fixed.
  if (expression.kind === "subquery") return false;
  return children(expression).some(dependsOnTime);
}

function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "parentheses":
      return [expression.expression];
    case "unary":
      return [expression.operand];
    case "call":
      return expression.arguments;
    case "binary":
      return [expression.left, expression.right];
    case "aggregation":
      return expression.parameter === undefined
        ? [expression.expression]
        : [expression.expression, expression.parameter];
    default:
      return [];
  }
}

/** A subquery that is fixed keeps what is inside it as it is. */
function fixTime(expression: Expression, time: number): Expression {
  switch (expression.kind) {
    case "selector":
      return fixed(expression, time);
    case "range":
      return { ...expression, selector: fixed(expression.selector, time) };
    case "subquery":
      return fixed(expression, time);
    case "parentheses":
      return { ...expression, expression: fixTime(expression.expression, time) };
    case "unary":
      return { ...expression, operand: fixTime(expression.operand, time) };
    case "call":
      return { ...expression, arguments: expression.arguments.map((one) => fixTime(one, time)) };
    case "binary":
      return {
        ...expression,
        left: fixTime(expression.left, time),
        right: fixTime(expression.right, time),
      };
    case "aggregation":
      return {
        ...expression,
        expression: fixTime(expression.expression, time),
        ...(expression.parameter === undefined
          ? {}
          : { parameter: fixTime(expression.parameter, time) }),
      };
    default:
      return expression;
  }
}

function fixed<T extends VectorSelector | Subquery>(expression: T, time: number): T {
  return typeof expression.at === "number" ? expression : { ...expression, at: time };
}
