/** Numbers in parameters as Go reads them. */
import { parseGoFloat } from "../promql/functions/go_numbers.ts";
import { quote } from "../promql/print/mod.ts";

const LOOSE_UNDERSCORE = /(?<!\d)_|_(?!\d)/;

/** A number as `strconv.ParseFloat` reads it, but for hexadecimal ones; undefined where it is none. */
export function parseFloatText(text: string): number | undefined {
  return LOOSE_UNDERSCORE.test(text) ? undefined : parseGoFloat(text.replaceAll("_", ""));
}

/**
 * A whole number as the Go function `name` reads it, which may have `bits` bits. Throws an Error with
 * that function's words; numbers too large for JavaScript come out a little off.
 */
export function parseWholeNumber(text: string, name: "Atoi" | "ParseInt", bits: 32 | 64): number {
  if (!/^[+-]?\d+$/.test(text)) {
    throw new Error(`strconv.${name}: parsing ${quote(text)}: invalid syntax`);
  }
  const value = BigInt(text.replace("+", ""));
  if (BigInt.asIntN(bits, value) !== value) {
    throw new Error(`strconv.${name}: parsing ${quote(text)}: value out of range`);
  }
  return Number(value);
}

/** A truth value as `strconv.ParseBool` reads it. Throws an Error with its words. */
export function parseBool(text: string): boolean {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return true;
  if (["0", "f", "F", "FALSE", "false", "False"].includes(text)) return false;
  throw new Error(`strconv.ParseBool: parsing ${quote(text)}: invalid syntax`);
}
