/**
 * A place in a page, and the parts of a line that both formats read alike.
 *
 * @module
 */
import { BACKSLASH, LINE_FEED, QUOTE } from "./characters.ts";
import { unescapeQuoted } from "./escapes.ts";
import { expositionError, quote, UnendedError, unexpected } from "./exposition_error.ts";
import { parseNumber } from "./numbers.ts";

/** A page, or what of it is there, and how far it has been read. */
export interface Cursor {
  text: string;
  at: number;
}

/** What a quoted text may hold beside what every line may. */
export interface QuotedRules {
  /** Line feeds, unescaped. */
  readonly lineFeeds: boolean;
  /** Characters of code 0. */
  readonly nulls: boolean;
}

/** Reads the text in double quotes that begins at the cursor; `what` names it in an error. */
export function readQuoted(cursor: Cursor, what: string, rules: QuotedRules): string {
  const { text } = cursor;
  const open = cursor.at;
  let isEscaped = false;
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      cursor.at = at + 1;
      const raw = text.slice(open + 1, at);
      return isEscaped ? unescapeQuoted(raw) : raw;
    }
    if (code === BACKSLASH) {
      isEscaped = true;
      if (text.charCodeAt(++at) === LINE_FEED) throw unexpected(text, at, `the rest of ${what}`);
    } else if (code === LINE_FEED && !rules.lineFeeds) {
      throw unexpected(text, at, `'"' at the end of ${what}`);
    } else if (code === 0 && !rules.nulls) {
      throw unexpected(text, at, `the rest of ${what}`);
    }
  }
  const error = expositionError(text, open, `expected '"' at the end of ${what}, found none`);
  throw new UnendedError(error.message, error);
}

/** The number between the cursor and `end`, where the cursor is then; `what` names it in an error. */
export function readNumber(cursor: Cursor, end: number, what: string): number {
  const { text, at: start } = cursor;
  if (end === start) throw unexpected(text, start, what);
  const value = parseNumber(text, start, end);
  if (typeof value === "string") {
    const found = text.slice(start, end);
    const hint = found.endsWith("\r") ? ' (a line ends in "\\n" alone)' : "";
    throw expositionError(text, start, `expected ${what}, but ${quote(found)} ${value}${hint}`);
  }
  cursor.at = end;
  return value;
}
