/** The parts of a moment on a wall clock. `month` counts from 0. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What a clock in `zone` ("browser", "utc" or a zone's name) shows at `ms`. */
export function wallTime(ms: number, zone: string): WallTime {
  const shifted = new Date(ms + offset(ms, zone));
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth(),
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  };
}

/** The moment at which a clock in `zone` shows `time`. Parts beyond their limits carry over. */
export function momentOf(time: WallTime, zone: string): number {
  const { year, month, day, hour, minute, second } = time;
  const utc = Date.UTC(year, month, day, hour, minute, second);
  // The offset at the wanted moment, not at the same figures in UTC: twice is enough at a change of clocks.
  const guess = utc - offset(utc, zone);
  return utc - offset(guess, zone);
}

/** Milliseconds that `zone` is ahead of UTC at `ms`. */
function offset(ms: number, zone: string): number {
  if (zone === "utc" || zone === "UTC") return 0;
  if (zone === "browser" || zone === "") return -new Date(ms).getTimezoneOffset() * 60_000;
  const formatter = formatterOf(zone);
  if (formatter === undefined) return -new Date(ms).getTimezoneOffset() * 60_000;
  const part: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour % 24, minute, second) - Math.floor(ms / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formatters.has(zone)) formatters.set(zone, makeFormatter(zone));
  return formatters.get(zone);
}

function makeFormatter(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
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
