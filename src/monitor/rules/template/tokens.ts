/** The words inside an action of a template. */
import { scanEscape, unquote } from "../../promql/parse/string_literal.ts";

/** A word; `isApart` where a blank stands before it. */
export type Token =
  & { readonly isApart: boolean; readonly text: string }
  & (
    | { readonly kind: "name" | "variable" | "field" | "dot" | "sign" }
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "number"; readonly value: number | bigint }
  );

/** Words up to the end of the action, and where that is. */
export interface Action {
  readonly tokens: readonly Token[];
  /** Behind the closing braces. */
  readonly end: number;
  /** Whether blanks after it go, as `-}}` says. */
  readonly trimsRight: boolean;
}

const BLANKS = /[ \t\r\n]*/y;
const CLOSING = /(-)?\}\}/y;
const WORD = new RegExp(
  [
    "(?<name>[\\p{L}_][\\p{L}\\p{Nd}_]*)",
    "(?<variable>\\$[\\p{L}\\p{Nd}_]*)",
    "(?<field>\\.[\\p{L}_][\\p{L}\\p{Nd}_]*)",
    '(?<string>"(?:[^"\\\\\\n]|\\\\.)*"|`[^`]*`)',
    "(?<number>[+-]?(?:0[xX][0-9a-fA-F]+|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?))",
    "(?<dot>\\.)",
    "(?<sign>:=|[|()=,])",
  ].join("|"),
  "yu",
);

/** Reads an action from behind its opening braces. Throws an Error for what cannot be in one. */
export function readAction(text: string, from: number): Action {
  const tokens: Token[] = [];
  let at = from;
  for (;;) {
    const start = blanksEnd(text, at);
    const isApart = start > at;
    CLOSING.lastIndex = start;
    const closing = CLOSING.exec(text);
    if (closing !== null && (closing[1] === undefined || isApart)) {
      return { tokens, end: CLOSING.lastIndex, trimsRight: closing[1] !== undefined };
    }
    WORD.lastIndex = start;
    const word = WORD.exec(text);
    if (word === null) {
      if (start >= text.length) throw new Error("an action has no end: '}}' is missing");
      throw new Error(`did not expect '${text.slice(start, start + 10)}'`);
    }
    tokens.push(toToken(word[0], word.groups ?? {}, isApart));
    at = WORD.lastIndex;
  }
}

/** The index behind the blanks at `at`. */
export function blanksEnd(text: string, at: number): number {
  BLANKS.lastIndex = at;
  BLANKS.exec(text);
  return BLANKS.lastIndex;
}

function toToken(
  text: string,
  groups: Readonly<Record<string, string | undefined>>,
  isApart: boolean,
): Token {
  if (groups["string"] !== undefined) {
    return { kind: "string", text, isApart, value: textOf(text) };
  }
  if (groups["number"] !== undefined) {
    // What has neither a point nor an exponent is an int, as in Go.
    const isFloat = /^[+-]?0[xX]/.test(text) ? false : /[.eE]/.test(text);
    return { kind: "number", text, isApart, value: isFloat ? Number(text) : toBigInt(text) };
  }
  for (const kind of ["name", "variable", "field", "dot"] as const) {
    if (groups[kind] !== undefined) return { kind, text, isApart };
  }
  return { kind: "sign", text, isApart };
}

function toBigInt(text: string): bigint {
  const size = BigInt(text.replace(/^[+-]/, ""));
  return text.startsWith("-") ? -size : size;
}

/** What quoted text stands for. Throws an Error for an escape that Go does not know. */
function textOf(literal: string): string {
  let at = literal.startsWith("`") ? -1 : literal.indexOf("\\");
  while (at !== -1) at = literal.indexOf("\\", scanEscape(literal, at + 1, '"'));
  return unquote(literal);
}
