import { codePoint } from "../print/quote.ts";

/** Where the string that begins at `from` ends. Throws an Error with the reason where it is none. */
export function scanString(text: string, from: number): number {
  const mark = text[from] ?? "";
  const isRaw = mark === "`";
  for (let at = from + 1;;) {
    const character = characterAt(text, at);
    if (character === "" || (character === "\n" && !isRaw)) {
      throw new Error(isRaw ? "unterminated raw string" : "unterminated quoted string");
    }
    if (!character.isWellFormed() || character === "\ufffd") throw new Error("invalid UTF-8 rune");
    if (character === mark) return at + 1;
    at = character === "\\" && !isRaw ? scanEscape(text, at + 1, mark) : at + character.length;
  }
}

/**
 * Where the escape ends whose backslash is before `from`, in text that ends with `mark`. Throws an Error
 * with the reason where it is none that Go knows.
 */
export function scanEscape(text: string, from: number, mark: string): number {
  const character = characterAt(text, from);
  if (character === "") throw new Error("escape sequence not terminated");
  if (character === mark || "abfnrtv\\".includes(character)) return from + 1;
  const isOctal = /[0-7]/.test(character);
  const digits = isOctal ? 3 : DIGITS[character];
  if (digits === undefined) throw new Error(`unknown escape sequence ${codePoint(character)}`);
  const start = isOctal ? from : from + 1;
  for (let at = start; at < start + digits; at++) {
    const digit = characterAt(text, at);
    if (digit === "") throw new Error("escape sequence not terminated");
    if (!(isOctal ? /[0-7]/ : /[0-9a-fA-F]/).test(digit)) {
      throw new Error(`illegal character ${codePoint(digit)} in escape sequence`);
    }
  }
  const code = parseInt(text.slice(start, start + digits), isOctal ? 8 : 16);
  if (code > (digits > 3 ? 0x10ffff : 255) || (code >= 0xd800 && code < 0xe000)) {
    throw new Error("escape sequence is an invalid Unicode code point");
  }
  return start + digits;
}

const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The whole character at an offset, "" after the last. */
export function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/**
 * What a string literal stands for, quotes included in `literal`; {@linkcode scanString} has checked its escapes.
 * Bytes of `\x` and octal escapes that are not UTF-8 become lone low surrogates (U+DC80 to U+DCFF).
 */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`") || !inner.includes("\\")) return inner;
  return inner.replace(BYTES, fromBytes).replace(CHARACTER, (_, short, long, named: string) => {
    const code: string | undefined = short ?? long;
    return code === undefined ? NAMED[named] ?? named : String.fromCodePoint(parseInt(code, 16));
  });
}

/** Runs of bytes; an escaped backslash before them is no part of one, so it is matched too. */
const BYTES = /\\\\|(?:\\x[0-9a-fA-F]{2}|\\[0-7]{3})+/g;
const CHARACTER = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;
const NAMED: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function fromBytes(escapes: string): string {
  if (escapes === "\\\\") return escapes;
  const bytes = escapes.split("\\").slice(1).map((one) =>
    one.startsWith("x") ? parseInt(one.slice(1), 16) : parseInt(one, 8)
  );
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at] ?? 0);
    try {
      text += UTF8.decode(Uint8Array.from(bytes.slice(at, at + length)));
      at += length;
    } catch {
      text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
      at++;
    }
  }
  // What was a byte may look like an escape now.
  return text.replaceAll("\\", "\\\\");
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function sequenceLength(first: number): number {
  return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
