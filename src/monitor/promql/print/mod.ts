/**
 * PromQL from tree to text, as Prometheus prints it.
 *
 * @module
 */
import { parseQuery } from "../parse/mod.ts";
import { formatExpression } from "./format.ts";

export { printExpression, printMatcher } from "./expression.ts";
export { quote } from "./quote.ts";

/**
 * A query as `promtool promql format` and `/api/v1/format_query` lay it out; comments are lost.
 * Throws a ParseError.
 */
export function formatQuery(query: string): string {
  return formatExpression(parseQuery(query));
}
