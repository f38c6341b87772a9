import { zoneOffset } from "../format/zone.ts";

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
  const shifted = new Date(ms + zoneOffset(ms, zone));
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
  const guess = utc - zoneOffset(utc, zone);
  return utc - zoneOffset(guess, zone);
}
