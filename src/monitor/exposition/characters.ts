/**
 * The characters that the formats are made of, by their code.
 *
 * @module
 */
export const LINE_FEED = 0x0a;
export const TAB = 0x09;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const ZERO = 0x30;
export const NINE = 0x39;
export const EQUALS = 0x3d;
export const BACKSLASH = 0x5c;
export const BRACE_OPEN = 0x7b;
export const BRACE_CLOSE = 0x7d;

const LETTER = 1;
const DIGIT = 2;
const COLON = 4;

const KINDS = new Uint8Array(128);
for (const letter of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") {
  KINDS[letter.charCodeAt(0)] = LETTER;
}
for (const digit of "0123456789") KINDS[digit.charCodeAt(0)] = DIGIT;
KINDS[":".charCodeAt(0)] = COLON;

/** Where the unquoted label name that begins at `at` ends; `at` where there is none. */
export function labelNameEnd(text: string, at: number): number {
  return nameEnd(text, at, LETTER);
}

/** Where the unquoted metric name that begins at `at` ends; `at` where there is none. */
export function metricNameEnd(text: string, at: number): number {
  return nameEnd(text, at, LETTER | COLON);
}

function nameEnd(text: string, at: number, first: number): number {
  if (((KINDS[text.charCodeAt(at)] ?? 0) & first) === 0) return at;
  const rest = first | DIGIT;
  let end = at + 1;
  while (((KINDS[text.charCodeAt(end)] ?? 0) & rest) !== 0) end++;
  return end;
}

/** Where the spaces and tabs that begin at `at` end. */
export function blanksEnd(text: string, at: number): number {
  let end = at;
  for (let code = text.charCodeAt(end); code === SPACE || code === TAB;) {
    code = text.charCodeAt(++end);
  }
  return end;
}

/** Where the line that `at` is on ends: its line feed, or the end of the page. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}
