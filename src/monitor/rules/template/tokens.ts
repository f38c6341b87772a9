/** The words inside an action of a template. */

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
    return { kind: "string", text, isApart, value: unquote(text) };
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

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([^]))/gu;

function unquote(text: string): string {
  const inner = text.slice(1, -1);
  if (text.startsWith("`")) return inner;
  return inner.replace(ESCAPE, (all, x?: string, u?: string, long?: string, octal?: string) => {
    const code = x ?? u ?? long;
    if (code !== undefined) return String.fromCodePoint(parseInt(code, 16));
    if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
    const named = ESCAPES[all.slice(1)];
    if (named === undefined) throw new Error(`'${all}' is no escape in text`);
    return named;
  });
}
