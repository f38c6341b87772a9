/** A number without an exponent, with as many digits as it takes: Go's `FormatFloat(value, 'f', -1, 64)`. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const [mantissa = "", exponent] = String(Math.abs(value)).split("e");
  if (exponent === undefined) return sign + mantissa;
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = whole + fraction;
  // Where the point goes, counted from the first digit.
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}

/** A number with an exponent where it is large or small: Go's `%v`. */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size === 0 || (size >= 1e-4 && size < 1e21)) {
    return formatNumber(value);
  }
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** Milliseconds as a duration, `1h30m`; years and weeks only where nothing is left over. */
export function formatDuration(ms: number): string {
  let rest = Math.trunc(ms);
  if (rest === 0) return "0s";
  let text = "";
  for (const [unit, size, isExact] of UNITS) {
    if (isExact && rest % size !== 0) continue;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= Math.max(count, 0) * size;
  }
  return text;
}

const DAY = 86_400_000;
const UNITS: readonly (readonly [unit: string, size: number, isExact: boolean])[] = [
  ["y", 365 * DAY, true],
  ["w", 7 * DAY, true],
  ["d", DAY, false],
  ["h", 3_600_000, false],
  ["m", 60_000, false],
  ["s", 1000, false],
  ["ms", 1, false],
];

/** Milliseconds with a sign before the duration where they are negative. */
export function formatSignedDuration(ms: number): string {
  return ms < 0 ? `-${formatDuration(-ms)}` : formatDuration(ms);
}
