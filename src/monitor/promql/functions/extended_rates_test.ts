import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { FloatHistogram } from "../../histogram/mod.ts";
import { every10s, histogram, overRange, type RangeOptions } from "./functions_fixture.ts";

const COUNTER = every10s(0, 10, 20, 5, 15, 25, 30);

// Values of a real Prometheus 3.10, but for those with a comment.
const NUMBERS: [string, RangeOptions, number | undefined][] = [
  ["increase", { end: 45, range: 20, extension: "anchored" }, 15],
  ["increase", { end: 45, range: 20, extension: "smoothed" }, 17.5],
  ["rate", { end: 25, range: 20, extension: "smoothed" }, 0.875],
  ["resets", { end: 45, range: 20, extension: "anchored" }, 1],
  // Nothing new after 60 s.
  ["increase", { end: 80, range: 15, extension: "anchored" }, undefined],
  // Nothing to draw a line to after 60 s: the last sample stands for the end.
  ["delta", { end: 62, range: 4, extension: "smoothed" }, 1],
  // The sample before is too long ago.
  ["delta", { end: 45, range: 10, extension: "anchored", lookback: 5 }, 0],
];

for (const [name, options, expected] of NUMBERS) {
  const { end, range, extension } = options;
  Deno.test(`${name}() ${extension}, ${range} s up to ${end} s, is ${expected}`, () => {
    const { value } = overRange(name, COUNTER, options);
    if (expected === undefined) assertEquals(value, undefined);
    else assertAlmostEquals(value as number, expected, 1e-12);
  });
}

const EMPTY = histogram("schema:0 count:0 sum:0");
const FOUR = histogram("schema:0 count:4 sum:8 buckets:[4]");
const TEN = histogram("schema:0 count:10 sum:20 buckets:[10]");

Deno.test("increase() anchored of histograms begins at the sample before the range", () => {
  const { value } = overRange("increase", [[0, FOUR], [20, TEN]], {
    end: 25,
    range: 10,
    extension: "anchored",
  });
  assertEquals((value as FloatHistogram).count, 6);
  assertEquals((value as FloatHistogram).counterReset, "gauge");
});

Deno.test("rate() smoothed of histograms draws lines to the ends of the range", () => {
  const { value } = overRange("rate", [[0, EMPTY], [20, TEN], [40, { ...FOUR }]], {
    end: 30,
    range: 20,
    extension: "smoothed",
  });
  // 5 of 10 up to the reset, then half of the way from zero to 4.
  assertAlmostEquals((value as FloatHistogram).count, 7 / 20, 1e-12);
});

Deno.test("delta() smoothed refuses a mix of numbers and histograms", () => {
  const { value, warnings } = overRange("delta", [[0, 1], [20, TEN]], {
    end: 10,
    range: 5,
    extension: "smoothed",
  });
  assertEquals(value, undefined);
  assertEquals(warnings, ['encountered a mix of histograms and floats for metric name "metric"']);
});
