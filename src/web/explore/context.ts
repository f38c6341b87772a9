import { isGrouping, type Token, tokensOf } from "./tokens.ts";

/** What may be written at the caret; `from` to `to` is what a choice replaces. */
export type Context =
  & { readonly from: number; readonly to: number; readonly written: string }
  & (
    | { readonly kind: "expression" | "duration" | "nothing" }
    /** Labels of the series that `selector` finds, of all where it is "". */
    | { readonly kind: "label"; readonly selector: string; readonly matcher: boolean }
    | { readonly kind: "value"; readonly label: string; readonly selector: string }
  );

interface Open {
  readonly bracket: Token;
  /** The token before the bracket. */
  readonly before: Token | undefined;
}

/** What may be written at `caret`. */
export function contextAt(query: string, caret: number): Context {
  const tokens = tokensOf(query).filter(({ kind }) => kind !== "space");
  const current = tokens.find(({ from, to }) => from < caret && caret <= to);
  const place = { from: caret, to: caret, written: "" };
  if (current?.kind === "comment") return { kind: "nothing", ...place };
  const word = current !== undefined && WORDS.has(current.kind);
  const string = current?.kind === "string";
  const before = tokens.filter(({ to }) => to <= (word || string ? current.from : caret));
  const open = innermost(before);
  if (string) return insideString(query, current, caret, before, open);
  const own = word
    ? { from: current.from, to: current.to, written: query.slice(current.from, caret) }
    : place;
  switch (open?.bracket.text) {
    case "{": {
      const last = before.at(-1);
      // After a value comes a comma first.
      if (last?.text !== "{" && last?.text !== ",") return { kind: "nothing", ...place };
      return { kind: "label", matcher: true, selector: selectorOf(query, before, open), ...own };
    }
    case "[":
      return { kind: "duration", ...own };
    case "(":
      if (isGrouping(open.before)) {
        return { kind: "label", matcher: false, selector: nearestMetric(tokens, caret), ...own };
      }
      break;
  }
  return { kind: current?.kind === "number" ? "nothing" : "expression", ...own };
}

const WORDS: ReadonlySet<string> = new Set([
  ...["metric", "label", "function", "keyword", "variable", "number"],
]);

function innermost(tokens: readonly Token[]): Open | undefined {
  const open: Open[] = [];
  tokens.forEach((token, at) => {
    if (token.kind !== "bracket") return;
    if ("([{".includes(token.text)) open.push({ bracket: token, before: tokens[at - 1] });
    else open.pop();
  });
  return open.at(-1);
}

function insideString(
  query: string,
  current: Token,
  caret: number,
  before: readonly Token[],
  open: Open | undefined,
): Context {
  const closed = current.text.length > 1 && current.text.at(-1) === current.text[0];
  const to = closed ? current.to - 1 : current.to;
  const inside = caret > current.from && caret <= to;
  const place = { from: current.from + 1, to, written: query.slice(current.from + 1, caret) };
  const [label, operator] = before.slice(-2);
  const isMatcher = open?.bracket.text === "{" && operator?.kind === "operator" &&
    label !== undefined && label.kind === "label";
  if (!inside || !isMatcher) return { kind: "nothing", from: caret, to: caret, written: "" };
  const others = before.slice(0, -2);
  return { kind: "value", label: label.text, selector: selectorOf(query, others, open), ...place };
}

/** The selector that braces belong to, with the matchers that are complete before the caret. */
function selectorOf(query: string, before: readonly Token[], open: Open): string {
  const metric = open.before?.kind === "metric" ? open.before.text : "";
  const comma = before.findLast(({ text, from }) => text === "," && from > open.bracket.from);
  const matchers = comma === undefined ? "" : query.slice(open.bracket.to, comma.from).trim();
  // A variable of a dashboard has no value here.
  const known = matchers.includes("$") ? "" : matchers;
  return metric === "" && known === "" ? "" : `${metric}${known === "" ? "" : `{${known}}`}`;
}

/** The metric that a grouping is probably about: the next one, or the last before it. */
function nearestMetric(tokens: readonly Token[], caret: number): string {
  const metrics = tokens.filter(({ kind }) => kind === "metric");
  const next = metrics.find(({ from }) => from >= caret) ??
    metrics.findLast(({ to }) => to <= caret);
  return next?.text ?? "";
}
