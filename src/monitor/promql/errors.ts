/**
 * Why a query gave no result, in the kinds that Prometheus' API names.
 *
 * @module
 */
import type { Position } from "./ast.ts";
import { lineAndColumn } from "./position.ts";

/** `errorType` of the API: 400 `bad_data`, 422 `execution`, 503 `timeout` and `canceled`. */
export type QueryErrorType = "bad_data" | "execution" | "timeout" | "canceled";

/** A query that cannot be answered. */
export class QueryError extends Error {
  override readonly name = "QueryError";

  constructor(readonly type: QueryErrorType, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** A query that is not PromQL, with the place of the first fault, as Prometheus words it. */
export class ParseError extends QueryError {
  constructor(query: string, readonly position: Position, readonly reason: string) {
    super("bad_data", `${lineAndColumn(query, position.from)}: parse error: ${reason}`);
  }
}
