/**
 * PromQL from text to tree, with Prometheus' own error messages and places.
 *
 * The parser is our own, not the lezer grammar of Prometheus' editor, which the dashboards' checks
 * use: that one knows functions by name and not the newest, takes half a query for a query, and
 * cannot say what Prometheus would. It is the referee in the tests.
 *
 * @module
 */
import type { Expression } from "../ast.ts";
import type { Matcher } from "../../samples.ts";
import { check } from "./check.ts";
import { parseExpression } from "./expressions.ts";
import { ALL_ON, type ParseOptions } from "./options.ts";
import { parseSelector } from "./selectors.ts";
import { isMetricName } from "./token.ts";
import { TokenStream } from "./token_stream.ts";

export type { ParseOptions };
export { valueType } from "./value_type.ts";

/** How long a query may be, in UTF-16 units: it is parsed in one go, in some ten milliseconds. */
const LONGEST = 50_000;

/** How many queries are remembered, and how long one may be, in UTF-16 units. */
const REMEMBERED = 500;
const LONGEST_REMEMBERED = 10_000;
const remembered = new Map<string, Expression>();

/**
 * Parses a query and checks its types. Dashboards ask the same things again and again, so the last
 * 500 queries without options are remembered. Throws a ParseError for the first
 * fault, also for more than 250 levels of nesting or 50,000 characters.
 */
export function parseQuery(query: string, options?: ParseOptions): Expression {
  if (options !== undefined) return parse(query, { ...ALL_ON, ...options });
  const known = remembered.get(query);
  if (known !== undefined) {
    remembered.delete(query);
    remembered.set(query, known);
    return known;
  }
  const expression = parse(query, ALL_ON);
  if (query.length <= LONGEST_REMEMBERED) remembered.set(query, expression);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED) break;
    remembered.delete(oldest);
  }
  return expression;
}

/**
 * Parses a selector alone, `up{job="echo"}`, as `match[]` of the API has them. An empty one is fine
 * here. Throws a ParseError.
 */
export function parseMatchers(selector: string, options: ParseOptions = {}): readonly Matcher[] {
  const stream = streamOf(selector, { ...ALL_ON, ...options });
  if (!stream.at("{") && !isMetricName(stream.peek())) throw stream.unexpected();
  const { matchers } = parseSelector(stream, stream.at("{") ? undefined : stream.take());
  if (!stream.at("eof")) throw stream.unexpected();
  return matchers;
}

function parse(query: string, options: Required<ParseOptions>): Expression {
  const stream = streamOf(query, options);
  if (stream.at("eof")) throw stream.error({ from: 0, to: 0 }, "no expression found in input");
  const expression = parseExpression(stream);
  if (!stream.at("eof")) throw stream.unexpected();
  check(stream, expression);
  return expression;
}

function streamOf(text: string, options: Required<ParseOptions>): TokenStream {
  const stream = new TokenStream(text, options);
  if (text.length <= LONGEST) return stream;
  throw stream.error(
    { from: LONGEST, to: text.length },
    `query is too long, ${text.length} characters where ${LONGEST} are allowed`,
  );
}
