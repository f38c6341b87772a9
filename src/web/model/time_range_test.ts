import { assertEquals } from "@std/assert";
import { parseDuration, resolveRange, resolveTime, shifted, zoomedOut } from "./time_range.ts";

const now = Date.UTC(2026, 2, 31, 13, 45, 30, 500);
const zone = "utc";

function iso(text: string, end = false, of = zone): string | undefined {
  const ms = resolveTime(text, { now, zone: of, end });
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

Deno.test("resolveTime() reads Grafana's relative times", () => {
  const cases: [string, boolean, string][] = [
    ["now", false, "2026-03-31T13:45:30.500Z"],
    ["now-30m", false, "2026-03-31T13:15:30.500Z"],
    ["now - 2h", false, "2026-03-31T11:45:30.500Z"],
    ["now+1d", false, "2026-04-01T13:45:30.500Z"],
    ["now-1M", false, "2026-02-28T13:45:30.500Z"],
    ["now-1y", false, "2025-03-31T13:45:30.500Z"],
    ["now/h", false, "2026-03-31T13:00:00.000Z"],
    ["now/d", false, "2026-03-31T00:00:00.000Z"],
    ["now/d", true, "2026-03-31T23:59:59.999Z"],
    ["now-1d/d", true, "2026-03-30T23:59:59.999Z"],
    ["now/w", false, "2026-03-30T00:00:00.000Z"],
    ["now/M", false, "2026-03-01T00:00:00.000Z"],
    ["now/Q", false, "2026-01-01T00:00:00.000Z"],
    ["now/y", true, "2026-12-31T23:59:59.999Z"],
    ["now-1d/d+8h", false, "2026-03-30T08:00:00.000Z"],
  ];
  for (const [text, end, wanted] of cases) assertEquals(iso(text, end), wanted, text);
});

Deno.test("resolveTime() reads milliseconds and dates, and fills up the end of a span", () => {
  const cases: [string, boolean, string][] = [
    ["1700000000000", false, "2023-11-14T22:13:20.000Z"],
    ["2026-01-31", false, "2026-01-31T00:00:00.000Z"],
    ["2026-01-31", true, "2026-01-31T23:59:59.000Z"],
    ["2026-01-31 12:30", false, "2026-01-31T12:30:00.000Z"],
    ["2026-01-31 12:30:15", false, "2026-01-31T12:30:15.000Z"],
    ["20260131T123015", false, "2026-01-31T12:30:15.000Z"],
    ["2026-01-31T12:30:15Z", false, "2026-01-31T12:30:15.000Z"],
    ["2026-01-31T12:30:15+02:00", false, "2026-01-31T10:30:15.000Z"],
  ];
  for (const [text, end, wanted] of cases) assertEquals(iso(text, end), wanted, text);
});

Deno.test("resolveTime() refuses what is no time", () => {
  for (const text of ["", "later", "now-", "now-5x", "now/z", "2026-02-30", "2026-01-01 25:00"]) {
    assertEquals(iso(text), undefined, text);
  }
});

Deno.test("resolveTime() counts days in the zone, also when clocks change", () => {
  // On 29 March 2026 clocks in Berlin go from 2:00 to 3:00.
  assertEquals(iso("now-2d/d", false, "Europe/Berlin"), "2026-03-28T23:00:00.000Z");
  assertEquals(iso("now-2d/d", true, "Europe/Berlin"), "2026-03-29T21:59:59.999Z");
  assertEquals(iso("2026-07-01 12:00", false, "Asia/Kolkata"), "2026-07-01T06:30:00.000Z");
});

Deno.test("resolveRange() wants a start before its end", () => {
  assertEquals(resolveRange({ from: "now-1m", to: "now" }, now), { from: now - 60_000, to: now });
  assertEquals(resolveRange({ from: "now", to: "now-1m" }, now), undefined);
  assertEquals(resolveRange({ from: "yesterday", to: "now" }, now), undefined);
});

Deno.test("zoomedOut() doubles a span around its middle", () => {
  assertEquals(zoomedOut({ from: 1000, to: 3000 }), { from: "0", to: "4000" });
});

Deno.test("shifted() moves by half a span, and not beyond now", () => {
  assertEquals(shifted({ from: 1000, to: 3000 }, -1, now), { from: "0", to: "2000" });
  assertEquals(shifted({ from: 1000, to: 3000 }, 1, 3500), { from: "1500", to: "3500" });
  assertEquals(shifted({ from: 1000, to: 3000 }, 1, 3000), { from: "1000", to: "3000" });
});

Deno.test("parseDuration() reads durations in seconds", () => {
  const read = ["10s", "1m30s", "500ms", "1d", "", "s", "10", "5 m"].map(parseDuration);
  assertEquals(read, [10, 90, 0.5, 86_400, undefined, undefined, undefined, undefined]);
});
