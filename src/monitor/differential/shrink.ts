/** From a query whose answers differ to its smallest part that still does. */
import type { Expression } from "../promql/ast.ts";
import { QueryError } from "../promql/errors.ts";
import { parseQuery } from "../promql/parse/mod.ts";
import type { Difference } from "./difference.ts";
import type { Pair, Question } from "./harness.ts";

/** The smallest question found, and how the answers to it differ. */
export async function smallest(
  question: Question,
  difference: Difference,
  pair: (question: Question) => Promise<Pair>,
): Promise<{ readonly smallest: Question; readonly difference: Difference }> {
  for (const query of partsOf(question.query)) {
    const part = { ...question, query };
    const found = await pair(part);
    if (found.difference !== undefined) return await smallest(part, found.difference, pair);
  }
  if (question.step !== undefined) {
    for (let time = question.start; time <= question.end; time += question.step) {
      const instant: Question = { query: question.query, start: time, end: time };
      const found = await pair(instant);
      if (found.difference !== undefined) {
        return { smallest: instant, difference: found.difference };
      }
    }
  }
  return { smallest: question, difference };
}

/** The texts of the expressions inside a query. */
function partsOf(query: string): string[] {
  try {
    return partsOfExpression(parseQuery(query)).map(({ from, to }) => query.slice(from, to));
  } catch (error) {
    if (error instanceof QueryError) return [];
    throw error;
  }
}

function partsOfExpression(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "parentheses":
    case "subquery":
      return [expression.expression];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "call":
      return expression.arguments.filter(({ kind }) => kind !== "string" && kind !== "number");
    case "aggregation":
      return [expression.expression];
    default:
      return [];
  }
}
