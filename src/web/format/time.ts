import { pattern } from "./time_pattern.ts";
import { dateParts } from "./zone.ts";

/** How much of a time is written. */
export type TimeStyle = "full" | "milliseconds" | "minute" | "time" | "date";

const PATTERNS: Readonly<Record<TimeStyle, string>> = {
  full: "YYYY-MM-DD HH:mm:ss",
  milliseconds: "YYYY-MM-DD HH:mm:ss.SSS",
  minute: "YYYY-MM-DD HH:mm",
  time: "HH:mm:ss",
  date: "YYYY-MM-DD",
};

const DAY = 86_400_000;
const WORDS: readonly (readonly [number, string])[] = [
  [DAY, "d"],
  [3_600_000, "h"],
  [60_000, "m"],
  [1000, "s"],
  [1, "ms"],
];

/** A time (milliseconds) in a zone ("browser", "utc" or a zone's name): `2026-03-01 12:30:00`. */
export function formatTime(
  ms: number,
  zone: string | undefined,
  style: TimeStyle = "full",
): string {
  return pattern(ms, PATTERNS[style], zone);
}

/** A span of milliseconds in at most two units: `1h 30m`, `15s`, `250ms`. */
export function formatDuration(ms: number): string {
  let rest = Math.abs(ms);
  const parts: string[] = [];
  for (const [size, name] of WORDS) {
    const whole = name === "ms" ? Math.round(rest) : Math.floor(rest / size);
    if (whole > 0) parts.push(`${whole}${name}`);
    rest -= whole * size;
    if (parts.length === 2) break;
  }
  return (ms < 0 ? "-" : "") + (parts.join(" ") || "0s");
}

/**
 * Texts of a time axis' ticks (milliseconds): as short as the step between them allows, with the date
 * where a day begins, as in Grafana. `step` is needed where there may be one tick only.
 */
export function timeTickTexts(
  ticks: readonly number[],
  zone: string | undefined,
  step?: number,
): string[] {
  const first = ticks[0];
  const last = ticks.at(-1);
  if (first === undefined || last === undefined) return [];
  const apart = ticks.length < 2 ? step ?? DAY : (last - first) / (ticks.length - 1);
  return ticks.map((tick) => tickText(tick, apart, last - first, zone));
}

function tickText(ms: number, step: number, span: number, zone: string | undefined): string {
  if (step >= 28 * DAY) return pattern(ms, step >= 360 * DAY ? "YYYY" : "YYYY-MM", zone);
  if (step >= DAY) return pattern(ms, "MM/DD", zone);
  const { hour, minute, second } = dateParts(ms, zone);
  const midnight = hour === 0 && minute === 0 && second === 0;
  if (step >= 60_000) {
    if (span > DAY && midnight) return pattern(ms, "MM/DD", zone);
    return pattern(ms, span > 2 * DAY ? "MM/DD HH:mm" : "HH:mm", zone);
  }
  return pattern(ms, step >= 1000 ? "HH:mm:ss" : "HH:mm:ss.SSS", zone);
}
