/** A moment's calendar and clock in a zone. */
export interface DateParts {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();
const offsets = new Map<string, number>();
const HOUR = 3_600_000;

/** Zone is "utc", a zone's name, or "browser" (also "" and undefined): where the browser is. */
export function dateParts(ms: number, zone: string | undefined): DateParts {
  const local = new Date(ms + zoneOffset(ms, zone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  };
}

/** How far the zone's clock is before UTC at that moment, in milliseconds. An unknown zone is UTC. */
export function zoneOffset(ms: number, zone: string | undefined): number {
  if (!Number.isFinite(ms)) return 0;
  if (zone === undefined || zone === "" || zone === "browser") {
    return -new Date(ms).getTimezoneOffset() * 60_000;
  }
  if (zone.toLowerCase() === "utc") return 0;
  // Clocks only change at full quarters of an hour, so one answer serves the whole quarter.
  const quarter = Math.floor(ms / (HOUR / 4)) * (HOUR / 4);
  const key = `${zone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = askedOffset(quarter, zone);
    if (offsets.size > 20_000) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

function askedOffset(ms: number, zone: string): number {
  const format = formatOf(zone);
  if (format === undefined) return 0;
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms;
}

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) formats.set(zone, makeFormat(zone));
  return formats.get(zone);
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
}
