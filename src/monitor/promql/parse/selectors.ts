import { METRIC_NAME } from "../../labels.ts";
import type { Matcher, MatchType } from "../../samples.ts";
import { createMatcher } from "../../store/matcher.ts";
import type { VectorSelector } from "../ast.ts";
import { unquote } from "./string_literal.ts";
import type { Token } from "./token.ts";
import type { TokenStream } from "./token_stream.ts";

/** What follows a metric's `name`, or the braces of a selector without one. */
export function parseSelector(stream: TokenStream, name?: Token): VectorSelector {
  const from = name?.from ?? stream.peek().from;
  let to = name?.to ?? from;
  let matchers: readonly Matcher[] = [];
  if (name === undefined || stream.at("{")) ({ matchers, to } = parseMatchers(stream));
  if (name !== undefined) matchers = [...matchers, createMatcher("=", METRIC_NAME, name.text)];
  return { kind: "selector", name: name?.text ?? "", matchers, from, to };
}

function parseMatchers(stream: TokenStream): { matchers: Matcher[]; to: number } {
  stream.take();
  const matchers: Matcher[] = [];
  if (!stream.at("}")) {
    do matchers.push(parseMatcher(stream)); while (stream.takeIf(",") && !stream.at("}"));
  }
  const { to } = stream.expect("}", { in: IN, expected: '"," or "}"' });
  return { matchers, to };
}

function parseMatcher(stream: TokenStream): Matcher {
  if (!stream.at("identifier", "string")) {
    throw stream.unexpected({ in: IN, expected: 'identifier or "}"' });
  }
  const label = stream.take();
  const isString = label.kind === "string";
  const name = isString ? unquote(label.text) : label.text;
  if (!stream.at(...MATCH_TYPES)) {
    if (isString) return createMatcher("=", METRIC_NAME, name);
    throw stream.unexpected({ in: IN, expected: "label matching operator" });
  }
  const type = stream.take().kind as MatchType;
  const value = stream.expect("string", { in: IN, expected: "string" });
  try {
    return createMatcher(type, name, unquote(value.text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw stream.error({ from: label.from, to: value.to }, reason);
  }
}

const IN = "label matching";
const MATCH_TYPES = ["=", "!=", "=~", "!~"];
