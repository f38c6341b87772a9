import { quote } from "../print/quote.ts";
import { unquote } from "./string_literal.ts";
import { KEYWORDS, startsExpression, type Token } from "./token.ts";
import type { TokenStream } from "./token_stream.ts";

/** Labels in parentheses, as after `by`, `on` and `group_left`. */
export function parseLabels(stream: TokenStream): { labels: string[]; to: number } {
  stream.expect("(", { in: IN, expected: '"("' });
  const labels: string[] = [];
  while (!stream.at(")")) {
    if (!isLabel(stream.peek())) throw stream.unexpected({ in: IN, expected: "label" });
    const label = stream.take();
    const name = label.kind === "string" ? unquote(label.text) : label.text;
    if (name === "" || !name.isWellFormed()) {
      throw stream.error(label, `invalid label name for grouping: ${quote(name)}`);
    }
    labels.push(name);
    if (!stream.takeIf(",")) break;
  }
  const { to } = stream.expect(")", { in: IN, expected: '"," or ")"' });
  return { labels, to };
}

/** The labels after `group_left` and `group_right`, which may be left out, parentheses and all. */
export function parseOptionalLabels(stream: TokenStream): string[] {
  return stream.at("(") || !startsExpression(stream.peek()) ? parseLabels(stream).labels : [];
}

/** Keywords are labels too, but for `without`, as in Prometheus. */
function isLabel({ kind }: Token): boolean {
  return ["identifier", "metric", "string"].includes(kind) ||
    (KEYWORDS.has(kind) && kind !== "without");
}

const IN = "grouping opts";
