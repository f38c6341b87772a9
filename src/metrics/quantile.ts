/** A quantile, with the texts that stand for it. */
export interface Quantile {
  /** From 0 to 1. */
  readonly value: number;
  /** As the value of a `quantile` label: `0`, `0.5`, `0.999`, `1`. */
  readonly label: string;
  /** As a word: `min`, `p50`, `p999`, `max`. */
  readonly name: string;
}

/** The quantiles of a summary, unless others are asked for. */
export const DEFAULT_QUANTILES: readonly number[] = [0, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

/**
 * Names a quantile. What lies outside 0 to 1 becomes 0 or 1.
 *
 * @throws {RangeError} when `value` is NaN.
 */
export function quantile(value: number): Quantile {
  if (Number.isNaN(value)) {
    throw new RangeError("Cannot name a quantile: it must be a number from 0 to 1, got NaN");
  }
  const clamped = Math.min(Math.max(value, 0), 1);
  return { value: clamped, label: String(clamped), name: nameOf(clamped) };
}

function nameOf(value: number): string {
  if (value === 0) return "min";
  if (value === 1) return "max";
  // Digits, not `value * 100`: 0.57 * 100 is 56.99999999999999.
  const digits = value.toFixed(12).slice(2).replace(/0+$/, "").padEnd(2, "0");
  return `p${Number(digits.slice(0, 2))}${digits.slice(2)}`;
}
