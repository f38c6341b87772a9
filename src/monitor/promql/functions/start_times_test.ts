import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { FloatHistogram } from "../../histogram/mod.ts";
import { histogram, overRange, type RangeOptions, type TestSample } from "./functions_fixture.ts";
import { isResetByStart, startsOverlap } from "./start_times.ts";

Deno.test("isResetByStart() believes only starts that can be", () => {
  const cases: [string, [number, number, number, number], boolean][] = [
    ["after the sample before", [1, 10, 15, 20], true],
    ["the same as before", [1, 10, 1, 20], false],
    ["the same, and nonsense before", [11, 10, 11, 20], false],
    ["unknown", [1, 10, 0, 20], false],
    ["at its own sample", [1, 10, 20, 20], false],
    ["after its own sample", [1, 10, 25, 20], false],
    ["before the sample before", [1, 10, 5, 20], false],
    ["at the sample before, as a delta has it", [1, 10, 10, 20], true],
    ["at the sample before, whose own is unknown", [0, 10, 10, 20], false],
    ["at the sample before, whose own is that too", [10, 10, 10, 20], false],
    ["at the sample before, whose own is nonsense", [12, 10, 10, 20], false],
  ];
  for (const [what, times, expected] of cases) {
    assertEquals(isResetByStart(...times), expected, what);
  }
});

Deno.test("startsOverlap() finds samples that count what was counted already", () => {
  assertEquals(startsOverlap(1, 10, 5), true);
  assertEquals(startsOverlap(1, 10, 1), false);
  assertEquals(startsOverlap(1, 10, 10), false);
  assertEquals(startsOverlap(1, 10, 0), false);
});

const RESET_BETWEEN: TestSample[] = [[100, 60], [120, 60]];

const EXTENDED: [string, TestSample[], RangeOptions, number][] = [
  ["anchored at the zero of the only sample", [[100, 60]], { starts: [90] }, 60],
  ["anchored, without a start", [[100, 60]], { starts: [0] }, 0],
  ["anchored, with a start too long ago", [[100, 60]], { starts: [60], lookback: 30 }, 0],
  ["anchored at a zero after the sample before", RESET_BETWEEN, {
    starts: [90, 105],
    end: 120,
    range: 10,
  }, 60],
  // From 30 at 110 s, half way from zero at 100 s, to 60.
  ["smoothed from the zero at the sample before", RESET_BETWEEN, {
    starts: [90, 100],
    end: 120,
    range: 10,
    extension: "smoothed",
  }, 30],
  // Zero at 104 s, 22.5 at 110 s; and what there was before.
  ["smoothed over a zero inside", RESET_BETWEEN, {
    starts: [90, 104],
    end: 110,
    range: 10,
    extension: "smoothed",
  }, 22.5],
];

for (const [what, samples, options, expected] of EXTENDED) {
  Deno.test(`increase() is ${what}`, () => {
    const { value } = overRange("increase", samples, { extension: "anchored", ...options });
    assertAlmostEquals(value as number, expected, 1e-9);
  });
}

Deno.test("increase() of histograms is anchored at their zero too", () => {
  const ten = histogram("schema:0 count:10 sum:20 buckets:[10]");
  const { value } = overRange("increase", [[100, ten]], { extension: "anchored", starts: [90] });
  assertEquals((value as FloatHistogram).count, 10);
});

Deno.test("delta() is anchored at samples only", () => {
  const { value } = overRange("delta", RESET_BETWEEN, {
    starts: [90, 105],
    extension: "anchored",
    range: 10,
  });
  assertEquals(value, 0);
});
