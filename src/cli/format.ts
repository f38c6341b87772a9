/**
 * Numbers for people.
 *
 * @module
 */

const UNITS = [[60, 1 / 60, "min"], [1, 1, "s"], [1e-3, 1e3, "ms"], [0, 1e6, "µs"]] as const;

/** Seconds with three digits and the unit that fits: `0.00123` is `1.23 ms`. */
export function formatSeconds(seconds: number): string {
  // What rounds up to the next unit is shown in it: 999.9 ms is 1 s.
  const rounded = Number(seconds.toPrecision(3));
  for (const [from, factor, unit] of UNITS) {
    if (rounded >= from) return `${Number((rounded * factor).toPrecision(3))} ${unit}`;
  }
  return `${seconds} s`;
}

/** `1 call`, `2 calls`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A bar of `width` characters, filled to `fraction` (0 to 1). */
export function progressBar(fraction: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
}
