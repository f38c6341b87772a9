/** Times and durations of parameters. */
import { quote } from "../promql/print/mod.ts";
import { parseFloatText } from "./go_numbers.ts";

/** How clients write the earliest and the latest time that Prometheus knows. */
const BOUNDARIES: Readonly<Record<string, number>> = {
  "-292273086-05-16T16:47:06Z": Number.MIN_SAFE_INTEGER,
  "292277025-08-18T07:12:54.999999999Z": Number.MAX_SAFE_INTEGER,
};

/**
 * Seconds since the epoch or RFC 3339, as milliseconds; what is smaller is cut off RFC 3339, and rounds
 * seconds. Throws an Error with Prometheus' words.
 */
export function parseTime(text: string): number {
  const seconds = parseFloatText(text);
  const time = seconds === undefined ? BOUNDARIES[text] ?? parseDate(text) : timeOfSeconds(seconds);
  if (time !== undefined && Number.isSafeInteger(time)) return time;
  throw new Error(`cannot parse ${quote(text)} to a valid timestamp`);
}

function timeOfSeconds(seconds: number): number {
  const whole = Math.trunc(seconds);
  const fraction = seconds - whole;
  return whole * 1000 + Math.sign(fraction) * Math.round(Math.abs(fraction) * 1000);
}

const DATE =
  /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

function parseDate(text: string): number | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7)
    .map(Number);
  const [, , , , , , , fraction = "", sign = "+", zoneHour = "0", zoneMinute = "0"] = match;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDay || hour > 23 || minute > 59 || second > 59) return undefined;
  if (Number(zoneHour) > 24 || Number(zoneMinute) > 60) return undefined;
  const zone = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === "-" ? -1 : 1);
  const ms = Number(fraction.slice(0, 3).padEnd(3, "0"));
  return date.getTime() + ((hour * 60 + minute - zone) * 60 + second) * 1000 + ms;
}

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNITS = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1] as const;

/** What Go's `time.Duration` holds, in nanoseconds. */
const LONGEST = 2 ** 63;

/** Seconds, or a duration such as `1h30m`, as nanoseconds. Throws an Error with Prometheus' words. */
export function parseDuration(text: string): number {
  const seconds = parseFloatText(text);
  if (seconds !== undefined) {
    const duration = Math.trunc(seconds * 1e9);
    if (Math.abs(duration) <= LONGEST) return duration;
    // What is not a number is the least of all durations in Go.
    if (Number.isNaN(duration)) return -LONGEST;
    throw new Error(`cannot parse ${quote(text)} to a valid duration. It overflows int64`);
  }
  const match = text === "" ? null : DURATION.exec(text);
  const ms = UNITS.reduce((sum, unit, i) => sum + Number(match?.[i + 1] ?? 0) * unit, 0);
  if (match === null || ms * 1e6 >= LONGEST) {
    throw new Error(`cannot parse ${quote(text)} to a valid duration`);
  }
  return ms * 1e6;
}
