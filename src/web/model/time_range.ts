import { momentOf, type WallTime, wallTime } from "./time_zone.ts";

/** A span as it stands in the URL: `now-30m`, `now/d`, milliseconds or a date. */
export interface RawRange {
  readonly from: string;
  readonly to: string;
}

type Unit = "s" | "m" | "h" | "d" | "w" | "M" | "y" | "Q";

const STEP = /^(?:([+-])(\d+)([smhdwMyQ])|\/([smhdwMyQ]))/;

/**
 * Milliseconds of one end of a span, or undefined when it is none. `now-1h/d` counts in the zone's
 * calendar; the end of a span is rounded up (`now/d` is then the end of the day), its start down.
 */
export function resolveTime(
  text: string,
  { now, zone = "browser", end = false }: { now: number; zone?: string; end?: boolean },
): number | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith("now")) return resolveRelative(trimmed.slice(3), now, zone, end);
  if (/^\d{5,}$/.test(trimmed)) return Number(trimmed);
  return resolveDate(trimmed, zone, end);
}

function resolveRelative(
  steps: string,
  now: number,
  zone: string,
  end: boolean,
): number | undefined {
  let at = now;
  let rest = steps.replaceAll(" ", "");
  while (rest !== "") {
    const found = STEP.exec(rest);
    if (found === null) return undefined;
    const [whole, sign, count, unit, rounding] = found;
    at = rounding
      ? round(at, rounding as Unit, zone, end)
      : move(at, (sign === "-" ? -1 : 1) * Number(count), unit as Unit, zone);
    rest = rest.slice(whole.length);
  }
  return at;
}

const FIXED = { s: 1000, m: 60_000, h: 3_600_000 } as const;

function move(ms: number, count: number, unit: Unit, zone: string): number {
  if (unit === "s" || unit === "m" || unit === "h") return ms + count * FIXED[unit];
  const wall = wallTime(ms, zone);
  return momentOf(carried(wall, count, unit), zone) + ms % 1000;
}

function carried(wall: WallTime, count: number, unit: Unit): WallTime {
  switch (unit) {
    case "d":
      return { ...wall, day: wall.day + count };
    case "w":
      return { ...wall, day: wall.day + 7 * count };
    default: {
      const months = unit === "y" ? 12 * count : unit === "Q" ? 3 * count : count;
      const month = wall.month + months;
      // The last of January and a month is the last of February.
      const longest = new Date(Date.UTC(wall.year, month + 1, 0)).getUTCDate();
      return { ...wall, month, day: Math.min(wall.day, longest) };
    }
  }
}

function round(ms: number, unit: Unit, zone: string, up: boolean): number {
  const start = momentOf(floor(wallTime(ms, zone), unit), zone);
  return up ? move(start, 1, unit, zone) - 1 : start;
}

function floor(wall: WallTime, unit: Unit): WallTime {
  const { year, month, day, hour, minute } = wall;
  const second = unit === "s" ? wall.second : 0;
  switch (unit) {
    case "s":
    case "m":
      return { year, month, day, hour, minute, second };
    case "h":
      return { year, month, day, hour, minute: 0, second };
    case "d":
      return { year, month, day, hour: 0, minute: 0, second };
    case "w": {
      const weekday = new Date(Date.UTC(year, month, day)).getUTCDay();
      return { year, month, day: day - (weekday + 6) % 7, hour: 0, minute: 0, second };
    }
    case "M":
      return { year, month, day: 1, hour: 0, minute: 0, second };
    case "Q":
      return { year, month: month - month % 3, day: 1, hour: 0, minute: 0, second };
    case "y":
      return { year, month: 0, day: 1, hour: 0, minute: 0, second };
  }
}

const DATE = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?)?$/;

function resolveDate(text: string, zone: string, end: boolean): number | undefined {
  const found = DATE.exec(text);
  if (found === null) {
    const parsed = /^\d{4}-/.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  const [, year, month, day, hour, minute, second] = found;
  const wall = {
    year: Number(year),
    month: Number(month) - 1,
    day: Number(day),
    hour: Number(hour ?? (end ? 23 : 0)),
    minute: Number(minute ?? (end ? 59 : 0)),
    second: Number(second ?? (end && hour === undefined ? 59 : 0)),
  };
  const valid = wall.month < 12 && wall.day >= 1 && wall.hour < 24 && wall.minute < 60 &&
    wall.day <= new Date(Date.UTC(wall.year, wall.month + 1, 0)).getUTCDate() && wall.second < 60;
  return valid ? momentOf(wall, zone) : undefined;
}

/** Both ends in milliseconds; undefined when one is none or the start is not before the end. */
export function resolveRange(
  raw: RawRange,
  now: number,
  zone = "browser",
): { readonly from: number; readonly to: number } | undefined {
  const from = resolveTime(raw.from, { now, zone });
  const to = resolveTime(raw.to, { now, zone, end: true });
  return from === undefined || to === undefined || from >= to ? undefined : { from, to };
}

/** Twice the span around the same middle, as milliseconds. */
export function zoomedOut({ from, to }: { from: number; to: number }): RawRange {
  const half = Math.max(1, (to - from) / 2);
  return { from: String(Math.round(from - half)), to: String(Math.round(to + half)) };
}

/** Moved by half its length, backwards or forwards, and never beyond now. */
export function shifted(
  { from, to }: { from: number; to: number },
  direction: -1 | 1,
  now: number,
): RawRange {
  const length = to - from;
  const end = Math.min(to + direction * length / 2, Math.max(now, to));
  return { from: String(Math.round(end - length)), to: String(Math.round(end)) };
}

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Seconds of Grafana's durations, `10s` or `1h30m`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhdwy]))+$/.test(trimmed)) return undefined;
  let seconds = 0;
  for (const [, count, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)) {
    seconds += Number(count) * (SECONDS[unit ?? ""] ?? 0);
  }
  return seconds;
}
