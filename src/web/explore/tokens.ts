import { AGGREGATORS, KEYWORDS } from "../../monitor/promql/parse/token.ts";
import { SIGNATURES } from "../../monitor/promql/functions/signatures.ts";

/** What a piece of a query is, as the editor colours it. */
export type TokenKind =
  | "space"
  | "comment"
  | "string"
  | "number"
  | "variable"
  | "function"
  | "keyword"
  | "label"
  | "metric"
  | "operator"
  | "bracket";

/** A piece of a query; together they are the whole text. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const PIECES = new RegExp(
  [
    /(?<space>\s+)/,
    /(?<comment>#[^\n]*)/,
    /(?<string>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?)/,
    /(?<variable>\$\w+|\$\{[^}]*\}?|\[\[\w+\]\])/,
    /(?<number>0[xX][\da-fA-F_]+|(?:\d+(?:ms|[smhdwy]))+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/,
    /(?<word>(?:[\p{L}_]|:[\p{L}_:])[\p{L}\p{N}_:.]*)/u,
    /(?<operator>=~|!~|==|!=|<=|>=|[-+*/%^=<>@,:!])/,
    /(?<bracket>[()[\]{}])/,
    /(?<operator2>[^])/,
  ].map(({ source }) => source).join("|"),
  "suy",
);

/** Keywords after which labels stand in parentheses. */
const GROUPING = new Set(["by", "without", "on", "ignoring", "group_left", "group_right"]);

/**
 * The pieces of a query that may be half written, for colours and completion. It refuses nothing:
 * whether the text is PromQL says Prometheus itself.
 */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  const brackets: string[] = [];
  let before: Token | undefined;
  PIECES.lastIndex = 0;
  for (let found = PIECES.exec(query); found !== null; found = PIECES.exec(query)) {
    const text = found[0];
    const name = Object.entries(found.groups ?? {}).find(([, part]) => part !== undefined)?.[0];
    const from = PIECES.lastIndex - text.length;
    const rest = query.slice(PIECES.lastIndex);
    const kind = name === "word"
      ? wordKind(text, rest, brackets.at(-1))
      : name === "operator2"
      ? "operator"
      : name as TokenKind;
    const token: Token = { kind, text, from, to: PIECES.lastIndex };
    tokens.push(token);
    if (kind === "bracket") follow(brackets, text, before);
    if (kind !== "space" && kind !== "comment") before = token;
  }
  return tokens;
}

function follow(brackets: string[], text: string, before: Token | undefined): void {
  if (text === "(") brackets.push(isGrouping(before) ? "by(" : "(");
  else if (text === "[" || text === "{") brackets.push(text);
  else brackets.pop();
}

/** Whether labels stand in the parentheses after a token. */
export function isGrouping(token: Token | undefined): boolean {
  return token?.kind === "keyword" && GROUPING.has(token.text.toLowerCase());
}

function wordKind(word: string, rest: string, bracket: string | undefined): TokenKind {
  if (bracket === "{" || bracket === "by(") return "label";
  const lower = word.toLowerCase();
  const called = /^\s*\(/.test(rest);
  if (AGGREGATORS.has(lower)) {
    return called || /^\s*(?:by|without)\b/i.test(rest) ? "function" : "metric";
  }
  if (SIGNATURES.has(word) && called) return "function";
  if (lower === "inf" || lower === "nan") return "number";
  // A few words became keywords late; without parentheses they are names.
  return KEYWORDS.has(lower) && !(lower.startsWith("fill") && !called) ? "keyword" : "metric";
}
