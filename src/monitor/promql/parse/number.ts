import { quote } from "../print/quote.ts";

/** How far a number or duration goes, and whether it may be one. */
export interface Scanned {
  readonly to: number;
  readonly valid: boolean;
}

/** Looks for a number at `from`: decimal, hexadecimal or octal, with `_` between digits. */
export function scanNumber(text: string, from: number): Scanned {
  let at = from;
  const isHex = /^0[xX]/.test(text.slice(at, at + 2));
  if (isHex) at += text[at + 2] === "_" ? 3 : 2;
  else if (text[at] === "0") at++;
  const isDigit = (index: number): boolean =>
    (isHex ? /[0-9a-fA-F]/ : /[0-9]/).test(text[index] ?? "");
  if (text[at] === ".") at++;
  if (isDigit(at)) at++;
  let dot = false;
  let exponent = false;
  for (;;) {
    const sign = text[at] ?? "";
    if (sign === ".") {
      if (dot) return { to: at + 1, valid: false };
      dot = true;
      at++;
      if (/[_.]/.test(text[at] ?? "")) return { to: at + 1, valid: false };
      if (isHex) return { to: at, valid: false };
    } else if (sign === "e" || sign === "E") {
      if (exponent) return { to: at + 1, valid: false };
      exponent = true;
      at++;
      if (/[+-]/.test(text[at] ?? "")) at++;
      if (/[._eE]/.test(text[at] ?? "")) return { to: at + 1, valid: false };
      if (at >= text.length) return { to: at, valid: false };
    } else if (sign === "_") {
      at++;
      if (/[._eE]/.test(text[at] ?? "")) return { to: at + 1, valid: false };
      if (at >= text.length) return { to: at, valid: false };
    } else if (isDigit(at)) {
      at++;
    } else {
      return { to: at, valid: at > from && !/\w/.test(sign) };
    }
  }
}

/** Looks whether what {@linkcode scanNumber} began goes on as a duration such as `1h30m`. */
export function scanDuration(text: string, from: number): Scanned {
  REST_OF_DURATION.lastIndex = from;
  const [found = ""] = REST_OF_DURATION.exec(text) ?? [];
  const to = from + found.length;
  const valid = /[a-z]$/.test(found);
  const next = text[to] ?? "";
  return valid && /\w/.test(next) ? { to: to + 1, valid: false } : { to, valid };
}

const REST_OF_DURATION = /[smhdwy]s?(?:[0-9]+[smhdw]s?)*(?:[0-9]+)?/y;

/** The value of a number as it is written. Throws an Error with the reason. */
export function parseNumber(text: string): number {
  if (/^inf$/i.test(text)) return Infinity;
  if (/^nan$/i.test(text)) return NaN;
  const digits = text.replaceAll("_", "");
  const isHex = /^0x/i.test(digits);
  if (/^0x[0-9a-f]+$/i.test(digits) || /^0[0-7]+$/.test(digits)) {
    const value = BigInt(isHex ? digits : `0o${digits}`);
    if (value < 1n << 63n) return Number(value);
  }
  const value = isHex || text.endsWith("_") ? NaN : Number(digits);
  if (Number.isNaN(value)) throw new Error(`${problem(text)}: invalid syntax`);
  if (!Number.isFinite(value)) throw new Error(`${problem(text)}: value out of range`);
  return value;
}

function problem(text: string): string {
  return `error parsing number: strconv.ParseFloat: parsing ${quote(text)}`;
}

/** The seconds of a duration such as `1h30m`, units falling. Throws an Error with the reason. */
export function parseDurationLiteral(text: string): number {
  let milliseconds = 0;
  let before = -1;
  for (const [part, digits = "", unit = ""] of text.matchAll(/([0-9]*)([^0-9]*)/g)) {
    if (part === "") break;
    const index = UNITS.findIndex(([name]) => name === unit);
    if (digits !== "" && unit !== "" && index === -1) {
      throw new Error(`unknown unit ${quote(unit)} in duration ${quote(text)}`);
    }
    if (digits === "" || index <= before) {
      throw new Error(`not a valid duration string: ${quote(text)}`);
    }
    before = index;
    milliseconds += Number(digits) * (UNITS[index]?.[1] ?? 0);
  }
  if (milliseconds > LONGEST) throw new Error("duration out of range");
  return milliseconds / 1000;
}

const DAY = 86_400_000;
const UNITS: readonly (readonly [name: string, milliseconds: number])[] = [
  ["y", 365 * DAY],
  ["w", 7 * DAY],
  ["d", DAY],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
];

/** What an int64 of nanoseconds holds, in milliseconds. */
const LONGEST = 2 ** 63 / 1e6;
