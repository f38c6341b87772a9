/** The names of numbers that have no digits, as Prometheus writes them. */
function formatSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  return undefined;
}

/** Digits and exponent of the shortest decimal that reads back as `value`: d.ddd * 10 ** exponent. */
function shortestDecimal(value: number): { sign: string; digits: string; exponent: number } {
  const [mantissa = "", exponent = ""] = Math.abs(value).toExponential().split("e");
  return {
    sign: value < 0 || Object.is(value, -0) ? "-" : "",
    digits: mantissa.replace(".", ""),
    exponent: Number(exponent),
  };
}

/**
 * The shortest decimal without an exponent: `0.0000001`, `1000000000000000000000`, `+Inf`. Values that
 * become labels and most text of Prometheus are written so (Go's verb `f`).
 */
export function formatFloat(value: number): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const { sign, digits, exponent } = shortestDecimal(value);
  const point = exponent + 1;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`.replace(/\.0*$/, "");
  if (point >= digits.length) return sign + digits.padEnd(point, "0");
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * As the HTTP API writes numbers of samples: like {@linkcode formatFloat}, but with an exponent of at
 * least two digits below 1e-6 and from 1e21 on.
 */
export function formatApiFloat(value: number): string {
  const size = Math.abs(value);
  const needsExponent = size !== 0 && size !== Infinity && (size < 1e-6 || size >= 1e21);
  return needsExponent ? formatExponential(value) : formatFloat(value);
}

/** As text forms of histograms write numbers (Go's verb `g`): an exponent below 1e-4 and from 1e6 on. */
export function formatCompactFloat(value: number): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const { exponent } = shortestDecimal(value);
  return exponent < -4 || exponent >= 6 ? formatExponential(value) : formatFloat(value);
}

function formatExponential(value: number): string {
  const { sign, digits, exponent } = shortestDecimal(value);
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${power}`;
}
