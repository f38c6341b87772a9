/** The functions of Prometheus' templates that make numbers easy to read. */
import { formatShort } from "./go_float.ts";

const LARGE = ["", "k", "M", "G", "T", "P", "E", "Z", "Y"];
const SMALL = ["", "m", "u", "n", "p", "f", "a", "z", "y"];
const BINARY = ["", "ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];
const DIGITS = 4;

/** With a metric prefix: `1.235k`, `12m`. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return formatShort(value, DIGITS);
  if (Math.abs(value) < 1) return small(value);
  return scaled(value, 1000, LARGE);
}

/** With a binary prefix: `512Mi`. */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return formatShort(value, DIGITS);
  return scaled(value, 1024, BINARY);
}

/** Seconds as `1d 2h 3m 4s`, `12.5s` or `20ms`. */
export function humanizeDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatShort(seconds, DIGITS);
  if (seconds === 0) return `${formatShort(seconds, DIGITS)}s`;
  if (Math.abs(seconds) < 1) return `${small(seconds)}s`;
  const sign = seconds < 0 ? "-" : "";
  const size = Math.abs(seconds);
  if (size < 60) return `${sign}${formatShort(size, DIGITS)}s`;
  const whole = BigInt(Math.trunc(size));
  const parts = [
    [whole / 86_400n, "d"],
    [whole / 3_600n % 24n, "h"],
    [whole / 60n % 60n, "m"],
    [whole % 60n, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0n);
  return sign + parts.slice(first).map(([count, unit]) => `${count}${unit}`).join(" ");
}

/** A ratio in percent: `3%`. */
export function humanizePercentage(ratio: number): string {
  return `${formatShort(ratio * 100, DIGITS)}%`;
}

/** Seconds since the epoch as `2026-11-22 22:55:09.5 +0000 UTC`. Throws for more than 292 years. */
export function humanizeTimestamp(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatShort(seconds, DIGITS);
  if (Math.abs(seconds * 1e9) > 2 ** 63) throw new Error(`${seconds} is too large for a time`);
  // By way of nanoseconds, as Prometheus does: what that costs in digits is lost here too.
  const date = new Date(Number(BigInt(Math.trunc(seconds * 1e9)) / 1_000_000n));
  const [day = "", time = ""] = date.toISOString().split("T");
  return `${day} ${time.replace(/\.?0*Z$/, "")} +0000 UTC`;
}

function scaled(value: number, base: number, prefixes: readonly string[]): string {
  let rest = value;
  let power = 0;
  while (Math.abs(rest) >= base && power < prefixes.length - 1) {
    rest /= base;
    power++;
  }
  return formatShort(rest, DIGITS) + prefixes[power];
}

function small(value: number): string {
  let rest = value;
  let power = 0;
  while (Math.abs(rest) < 1 && power < SMALL.length - 1) {
    rest *= 1000;
    power++;
  }
  return formatShort(rest, DIGITS) + SMALL[power];
}
