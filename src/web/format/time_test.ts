import { assertEquals } from "@std/assert";
import { formatDuration, formatTime, timeTickTexts } from "./time.ts";
import { pattern } from "./time_pattern.ts";
import { zoneOffset } from "./zone.ts";

const NOON = Date.UTC(2026, 2, 1, 12, 30, 5, 7);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

Deno.test("formatTime() writes a time in a zone", () => {
  assertEquals(formatTime(NOON, "utc"), "2026-03-01 12:30:05");
  assertEquals(formatTime(NOON, "Asia/Kolkata"), "2026-03-01 18:00:05");
  assertEquals(formatTime(NOON, "America/New_York", "minute"), "2026-03-01 07:30");
  assertEquals(formatTime(NOON, "utc", "milliseconds"), "2026-03-01 12:30:05.007");
});

Deno.test("formatTime() takes an unknown zone for UTC", () => {
  assertEquals(formatTime(NOON, "Nowhere/Atall", "time"), "12:30:05");
});

Deno.test("zoneOffset() follows the changes of clocks", () => {
  assertEquals(zoneOffset(Date.UTC(2026, 2, 29, 0, 59), "Europe/Berlin"), HOUR);
  assertEquals(zoneOffset(Date.UTC(2026, 2, 29, 1, 0), "Europe/Berlin"), 2 * HOUR);
});

Deno.test("pattern() knows moment.js' letters", () => {
  assertEquals(pattern(NOON, "dddd D MMMM YYYY", "utc"), "Sunday 1 March 2026");
  assertEquals(pattern(NOON, "ddd Do MMM YY, h:mm a", "utc"), "Sun 1st Mar 26, 12:30 pm");
  assertEquals(pattern(NOON, "[at] HH[h]", "utc"), "at 12h");
  assertEquals(pattern(NaN, "YYYY", "utc"), "Invalid date");
});

Deno.test("formatDuration() takes the two largest units", () => {
  const texts = [0, 250, 15_000, 90 * MINUTE, 25 * HOUR, -2 * DAY].map(formatDuration);
  assertEquals(texts, ["0s", "250ms", "15s", "1h 30m", "1d 1h", "-2d"]);
});

Deno.test("timeTickTexts() is as short as the step allows", () => {
  const from = Date.UTC(2026, 2, 1, 23, 0);
  const ticks = (step: number, count: number) =>
    Array.from({ length: count }, (_, at) => from + at * step);
  assertEquals(timeTickTexts(ticks(5000, 2), "utc"), ["23:00:00", "23:00:05"]);
  assertEquals(timeTickTexts(ticks(30 * MINUTE, 3), "utc"), ["23:00", "23:30", "00:00"]);
  assertEquals(timeTickTexts(ticks(HOUR, 26), "utc").slice(0, 3), ["23:00", "03/02", "01:00"]);
  assertEquals(timeTickTexts(ticks(DAY, 2), "utc"), ["03/01", "03/02"]);
  assertEquals(timeTickTexts(ticks(31 * DAY, 2), "utc"), ["2026-03", "2026-04"]);
  assertEquals(timeTickTexts([from], "utc", 5 * MINUTE), ["23:00"]);
  assertEquals(timeTickTexts([], "utc"), []);
});
