/**
 * Numbers as Prometheus reads them: what Go's `strconv.ParseFloat` takes, but for hexadecimal numbers
 * and underscores.
 *
 * @module
 */
import { DOT, MINUS, NINE, PLUS, ZERO } from "./characters.ts";

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const NOT_A_NUMBER = /^nan$/i;
const LOOSE_UNDERSCORE = /(?<!\d)_|_(?!\d)/;

/** Powers of ten that a double holds exactly, as far as {@linkcode parseNumber} needs them. */
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/**
 * The number between `start` and `end`, or the reason why there is none, as "is …".
 *
 * Up to 15 digits without an exponent, which is what most values are, are read here: the digits as an
 * integer and the power of ten are exact then, so their quotient is the nearest double.
 */
export function parseNumber(text: string, start: number, end: number): number | string {
  let at = start;
  const sign = text.charCodeAt(at);
  if (sign === MINUS || sign === PLUS) at++;
  if (end - at > 16) return parseAnyNumber(text.slice(start, end));
  let digits = 0;
  let integer = 0;
  let point = -1;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      integer = integer * 10 + (code - ZERO);
      digits++;
    } else if (code === DOT && point === -1) {
      point = digits;
    } else {
      return parseAnyNumber(text.slice(start, end));
    }
  }
  if (digits === 0 || digits > 15) return parseAnyNumber(text.slice(start, end));
  const value = point === -1 ? integer : integer / (POWERS[digits - point] ?? 1);
  return sign === MINUS ? -value : value;
}

function parseAnyNumber(text: string): number | string {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : "is out of range";
  }
  if (INFINITE.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(text)) return NaN;
  return "is not a number";
}

/**
 * The value of a `le` or `quantile` label in OpenMetrics' canonical form, as Prometheus 3 stores it:
 * "1" is "1.0", "1000000" is "1e+06". What is no number stays as it is.
 */
export function canonicalNumber(label: string): string {
  // Here, and only here, Prometheus takes Go's underscores between digits.
  const text = label.includes("_") && !LOOSE_UNDERSCORE.test(label)
    ? label.replaceAll("_", "")
    : label;
  const value = parseNumber(text, 0, text.length);
  return typeof value === "string" ? label : formatCanonical(value);
}

/** As Go's `%g` with the fewest digits, always with a point or an exponent. */
function formatCanonical(value: number): string {
  if (value === 0) return "0.0";
  if (value === Infinity) return "+Inf";
  if (!Number.isFinite(value)) return `${value === -Infinity ? "-Inf" : value}`;
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-4 && magnitude < 1e6) {
    return Number.isInteger(value) ? `${value}.0` : `${value}`;
  }
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  return `${mantissa}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, "0")}`;
}
