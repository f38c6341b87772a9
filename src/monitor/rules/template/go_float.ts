/** Numbers with a precision as Go's fmt writes them: what lies in the middle goes to the even digit. */
import { formatCompactFloat } from "../../format_float.ts";

/** More digits than a double with few of them can have after a 5 that lies in the middle. */
const EXACT_DIGITS = 100;

/** Go's `%.{precision}e`: `1.50e+03`. */
export function formatExponential(value: number, precision: number): string {
  if (!Number.isFinite(value)) return formatCompactFloat(value);
  const { sign, digits, exponent } = rounded(value, precision + 1);
  return sign + exponential(digits.padEnd(precision + 1, "0"), exponent);
}

/** Go's `%.{precision}f`: `1500.00`. */
export function formatFixed(value: number, precision: number): string {
  if (!Number.isFinite(value)) return formatCompactFloat(value);
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (size >= 1e21) {
    return `${sign}${BigInt(size)}${precision > 0 ? `.${"0".repeat(precision)}` : ""}`;
  }
  return sign +
    (isTie(size.toFixed(EXACT_DIGITS), precision)
      ? size.toFixed(EXACT_DIGITS).slice(0, precision - EXACT_DIGITS).replace(/\.$/, "")
      : size.toFixed(precision));
}

/** Go's `%.{precision}g`: at most so many digits, zeros at the end left out. */
export function formatShort(value: number, precision: number): string {
  if (!Number.isFinite(value)) return formatCompactFloat(value);
  const length = Math.max(1, precision);
  const { sign, digits, exponent } = rounded(value, length);
  const kept = digits.replace(/0+$/, "") || "0";
  if (exponent < -4 || exponent >= length) return sign + exponential(kept, exponent);
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${kept}`;
  const whole = kept.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = kept.slice(exponent + 1);
  return sign + whole + (fraction === "" ? "" : `.${fraction}`);
}

/** The first digits of a number, d.ddd × 10^exponent. */
function rounded(
  value: number,
  length: number,
): { readonly sign: string; readonly digits: string; readonly exponent: number } {
  const size = Math.abs(value);
  const fraction = Math.min(length, EXACT_DIGITS) - 1;
  const exact = size.toExponential(EXACT_DIGITS);
  const [mantissa = "", exponent = ""] = isTie(exact.replace(/e.*$/, ""), fraction)
    ? [exact.slice(0, fraction + 2), exact.replace(/^.*e/, "")]
    : size.toExponential(fraction).split("e");
  return {
    sign: value < 0 || Object.is(value, -0) ? "-" : "",
    digits: mantissa.replace(".", ""),
    exponent: Number(exponent),
  };
}

/** Whether a decimal lies in the middle after so many places, and the digit before is even. */
function isTie(decimal: string, places: number): boolean {
  const end = decimal.indexOf(".") + 1 + places;
  if (!/^50*$/.test(decimal.slice(end))) return false;
  const last = decimal.slice(0, end).replace(".", "").at(-1) ?? "0";
  return Number(last) % 2 === 0;
}

function exponential(digits: string, exponent: number): string {
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${power}`;
}
