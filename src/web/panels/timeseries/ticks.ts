import { formatValue, valueText } from "../../format/mod.ts";
import type { FieldConfig } from "../../model/dashboard.ts";

const DECIMAL = spread([1, 2, 2.5, 5], 10, -16, 16);
const BINARY = [...spread([1, 2, 5], 10, -6, 0).filter((step) => step < 1), ...powersOfTwo(60)];
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const SECONDS = [
  ...DECIMAL.filter((step) => step < 10),
  ...[10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY],
  ...[365, 730, 1825, 3650].map((days) => days * DAY),
];
const BINARY_UNITS = /^(bytes|bits|[kmgtp]bytes|bin[Bb]ps|[KMGTP]iBs|[KMGTP]ibits)$/;

/** Steps that an axis of the unit may have between its ticks: round ones in the unit as it is written. */
export function tickSteps(unit: string | undefined): readonly number[] {
  if (unit === "s") return SECONDS;
  if (unit === "ms") return SECONDS.map((step) => step * 1000);
  return BINARY_UNITS.test(unit ?? "") ? BINARY : DECIMAL;
}

/**
 * The texts of ticks; as many decimals as their differences need, the same for all with one suffix where
 * the axis is linear.
 */
export function tickTexts(
  ticks: readonly number[],
  field: FieldConfig,
  linear = true,
): string[] {
  const { mappings: _, ...settings } = field;
  if (settings.decimals !== undefined) {
    return ticks.map((tick) => valueText(formatValue(tick, settings)));
  }
  const exact = ticks.map((tick) => formatValue(tick, settings, { decimals: 6 }));
  const decimals = new Map<string, number>();
  for (const { text, suffix = "" } of exact) {
    decimals.set(suffix, Math.max(decimals.get(suffix) ?? 0, neededDecimals(text)));
  }
  return ticks.map((tick, at) => {
    const { text = "", suffix = "" } = exact[at] ?? {};
    const aligned = linear ? decimals.get(suffix) ?? 0 : neededDecimals(text);
    const places = Number(text) === 0 ? 0 : aligned;
    return valueText(formatValue(tick, settings, { decimals: places }));
  });
}

function neededDecimals(text: string): number {
  return /\.(\d*[1-9])/.exec(text)?.[1]?.length ?? 0;
}

function spread(
  digits: readonly number[],
  base: number,
  from: number,
  to: number,
): readonly number[] {
  const steps: number[] = [];
  for (let power = from; power <= to; power++) {
    for (const digit of digits) steps.push(Number((digit * base ** power).toPrecision(3)));
  }
  return steps;
}

function powersOfTwo(highest: number): number[] {
  return Array.from({ length: highest + 1 }, (_, power) => 2 ** power);
}
