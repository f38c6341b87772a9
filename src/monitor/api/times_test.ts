import { assertEquals, assertThrows } from "@std/assert";
import { parseDuration, parseTime } from "./times.ts";

Deno.test("parseTime() takes seconds and RFC 3339", () => {
  const cases: Record<string, number> = {
    "0": 0,
    "1435781451.781": 1_435_781_451_781,
    "1.0015": 1002,
    "-1.5": -1500,
    "+1e3": 1_000_000,
    "1_000": 1_000_000,
    "2015-07-01T20:10:51.781Z": 1_435_781_451_781,
    "2015-07-01T20:10:51.7819999Z": 1_435_781_451_781,
    "2015-07-01T22:10:51+02:00": 1_435_781_451_000,
    "2015-07-01T19:40:51-00:30": 1_435_781_451_000,
    "0001-01-01T00:00:00Z": -62_135_596_800_000,
    "2024-02-29T00:00:00Z": 1_709_164_800_000,
  };
  for (const [text, time] of Object.entries(cases)) assertEquals(parseTime(text), time, text);
});

Deno.test("parseTime() refuses all else", () => {
  for (
    const text of [
      "",
      "x",
      "NaN",
      "Inf",
      "1e30",
      "1__0",
      "0x10",
      "2023-02-29T00:00:00Z",
      "2023-13-01T00:00:00Z",
      "2023-01-01T24:00:00Z",
      "2023-01-01T00:00:00",
      "2023-01-01",
      "2023-01-01t00:00:00z",
    ]
  ) {
    assertThrows(() => parseTime(text), Error, `cannot parse "${text}" to a valid timestamp`);
  }
});

Deno.test("parseDuration() takes seconds and durations", () => {
  const cases: Record<string, number> = {
    "15": 15e9,
    "0.5": 5e8,
    "-1": -1e9,
    "0": 0,
    "15s": 15e9,
    "1h30m": 5400e9,
    "1d12h": 36 * 3600e9,
    "1w1ms": 604_800e9 + 1e6,
    "1y": 31_536_000e9,
  };
  for (const [text, duration] of Object.entries(cases)) {
    assertEquals(parseDuration(text), duration, text);
  }
});

Deno.test("parseDuration() refuses all else", () => {
  for (const text of ["", "x", "s", "1m1h", "1.5m", "-1m", "300y"]) {
    assertThrows(() => parseDuration(text), Error, `cannot parse "${text}" to a valid duration`);
  }
  for (const text of ["Inf", "-Inf", "1e30"]) {
    assertThrows(() => parseDuration(text), Error, "It overflows int64");
  }
});
