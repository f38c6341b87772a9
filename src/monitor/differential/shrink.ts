/** From a query whose answers differ to its smallest part that still does. */
import type { Expression } from "../promql/ast.ts";
import { QueryError } from "../promql/errors.ts";
import { childrenOf } from "../promql/evaluate/children.ts";
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

/** Those that make sense as questions: no selector inside a range, and no literal among arguments. */
function partsOfExpression(expression: Expression): readonly Expression[] {
  if (expression.kind === "range") return [];
  return childrenOf(expression).filter(({ kind }) => kind !== "string" && kind !== "number");
}
