import { type RawRange, resolveTime } from "./time_range.ts";
import { wallTime } from "./time_zone.ts";

/** The spans that the picker offers. */
export const QUICK_RANGES: readonly (RawRange & { readonly title: string })[] = [
  { from: "now-5m", to: "now", title: "Last 5 minutes" },
  { from: "now-15m", to: "now", title: "Last 15 minutes" },
  { from: "now-30m", to: "now", title: "Last 30 minutes" },
  { from: "now-1h", to: "now", title: "Last 1 hour" },
  { from: "now-3h", to: "now", title: "Last 3 hours" },
  { from: "now-6h", to: "now", title: "Last 6 hours" },
  { from: "now-12h", to: "now", title: "Last 12 hours" },
  { from: "now-24h", to: "now", title: "Last 24 hours" },
  { from: "now-2d", to: "now", title: "Last 2 days" },
  { from: "now-7d", to: "now", title: "Last 7 days" },
  { from: "now-30d", to: "now", title: "Last 30 days" },
  { from: "now/d", to: "now/d", title: "Today" },
  { from: "now/d", to: "now", title: "Today so far" },
  { from: "now-1d/d", to: "now-1d/d", title: "Yesterday" },
  { from: "now/w", to: "now/w", title: "This week" },
  { from: "now/w", to: "now", title: "This week so far" },
  { from: "now-1w/w", to: "now-1w/w", title: "Previous week" },
  { from: "now/M", to: "now/M", title: "This month" },
];

const UNIT_NAMES: Readonly<Record<string, string>> = {
  s: "second",
  m: "minute",
  h: "hour",
  d: "day",
  w: "week",
  M: "month",
  y: "year",
};

/** A span in words: "Last 30 minutes", or both ends on the zone's clock. */
export function describeRange(raw: RawRange, now: number, zone = "browser"): string {
  const quick = QUICK_RANGES.find(({ from, to }) => from === raw.from && to === raw.to);
  if (quick !== undefined) return quick.title;
  const last = /^now-(\d+)([smhdwMy])$/.exec(raw.from);
  if (last !== null && raw.to === "now") {
    const [, count = "", unit = ""] = last;
    return `Last ${count} ${UNIT_NAMES[unit] ?? unit}${count === "1" ? "" : "s"}`;
  }
  return `${describeEnd(raw.from, now, zone)} to ${describeEnd(raw.to, now, zone)}`;
}

function describeEnd(text: string, now: number, zone: string): string {
  if (text.startsWith("now")) return text;
  const ms = resolveTime(text, { now, zone });
  return ms === undefined ? text : formatWall(ms, zone);
}

/** `2026-01-31 12:00:00` on the zone's clock: what the picker shows and reads. */
export function formatWall(ms: number, zone: string): string {
  const { year, month, day, hour, minute, second } = wallTime(ms, zone);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month + 1)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}
