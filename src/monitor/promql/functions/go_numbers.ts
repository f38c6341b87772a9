/** Numbers as Go reads and writes them, where it differs from JavaScript. */
import { formatCompactFloat } from "../../format_float.ts";

/** A finite number with two digits at most, as Go's `%.2g` has it: `0.25`, `25`, `2.5e+02`. */
export function formatTwoDigits(value: number): string {
  if (value === 0) return "0";
  const [mantissa = "", power = ""] = value.toExponential(1).replace(".0e", "e").split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 2) return formatCompactFloat(Number(`${mantissa}e${power}`));
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** As OpenMetrics writes the values of `quantile` and `le`: `1.0`, `0.5`, `1e-05`, `+Inf`. */
export function formatOpenMetrics(value: number): string {
  if (value === 0) return "0.0";
  const text = formatCompactFloat(value);
  return Number.isFinite(value) && !/[e.]/.test(text) ? `${text}.0` : text;
}

/**
 * Reads a number as Go's `strconv.ParseFloat` does; undefined where Go gives an error. Go's
 * hexadecimal form is not read: no exporter writes it.
 */
export function parseGoFloat(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return /^nan$/i.test(text) ? NaN : undefined;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
