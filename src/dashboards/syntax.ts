/**
 * The syntax tree of a PromQL expression, by Prometheus' own grammar. It is tolerant: what cannot be
 * parsed is a node with the name ⚠, and it knows no types.
 *
 * @module
 */
import type { SyntaxNode } from "@lezer/common";
import type { Span } from "./finding.ts";
import { parser } from "./promql_grammar.ts";

export type { SyntaxNode };

/** The outermost expression of `promql`, if there is one. */
export function parsePromql(promql: string): SyntaxNode | undefined {
  return parser.parse(promql).topNode.firstChild ?? undefined;
}

/** Where `promql` cannot be parsed. */
export function syntaxErrors(promql: string): Span[] {
  const errors: Span[] = [];
  parser.parse(promql).iterate({
    enter({ type, from, to }) {
      if (type.isError) errors.push({ from, to });
    },
  });
  return promql.trim() === "" ? [{ from: 0, to: 0 }] : errors;
}

/** The nodes directly below `node`, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "LineComment") children.push(child);
  }
  return children;
}

/** Every node with one of `names` at or below `node`, in the order of the text. */
export function nodesNamed(node: SyntaxNode, ...names: string[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((one) => {
    if (names.includes(one.name)) found.push(one.node);
  });
  return found;
}

/** The text of a node; of a string literal what it stands for. */
export function textOf(promql: string, { name, from, to }: SyntaxNode): string {
  const text = promql.slice(from, to);
  if (name !== "StringLiteral" && name !== "QuotedLabelName") return text;
  const inner = text.slice(1, -1);
  return text.startsWith("`") ? inner : inner.replace(/\\(["'\\])/g, "$1");
}
