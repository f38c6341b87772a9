import { formatDuration } from "./time.ts";
import { pattern } from "./time_pattern.ts";
import type { Unit } from "./unit.ts";

/** Units that write a time in milliseconds as a date. */
export const DATE_UNITS: readonly (readonly [string, Unit])[] = [
  ["dateTimeAsIso", date("YYYY-MM-DD HH:mm:ss")],
  ["dateTimeAsIsoNoDateIfToday", date("YYYY-MM-DD HH:mm:ss", "HH:mm:ss")],
  ["dateTimeAsUS", date("MM/DD/YYYY h:mm:ss a")],
  ["dateTimeAsUSNoDateIfToday", date("MM/DD/YYYY h:mm:ss a", "h:mm:ss a")],
  ["dateTimeAsLocal", date("YYYY-MM-DD HH:mm:ss")],
  ["dateTimeAsLocalNoDateIfToday", date("YYYY-MM-DD HH:mm:ss", "HH:mm:ss")],
  ["dateTimeAsSystem", date("YYYY-MM-DD HH:mm:ss")],
  ["dateTimeFromNow", (value) => ({ text: fromNow(value - Date.now()) })],
];

function date(format: string, ifToday?: string): Unit {
  return (value, _, zone) => {
    const day = "YYYY-MM-DD";
    const today = ifToday !== undefined &&
      pattern(value, day, zone) === pattern(Date.now(), day, zone);
    return { text: pattern(value, today ? ifToday : format, zone) };
  };
}

function fromNow(ms: number): string {
  if (!Number.isFinite(ms)) return "Invalid date";
  const span = formatDuration(Math.max(1000, Math.abs(ms)));
  return ms > 0 ? `in ${span}` : `${span} ago`;
}
