import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { FloatHistogram } from "../../histogram/mod.ts";
import { every10s, histogram, overRange, type TestSample } from "./functions_fixture.ts";

const ONE = histogram("schema:0 count:2 sum:3 buckets:[1 1]");

const CASES: [string, TestSample[], number | undefined][] = [
  ["count_over_time", every10s(1, NaN, ONE), 3],
  ["present_over_time", every10s(ONE), 1],
  ["sum_over_time", every10s(1, 2, 4), 7],
  ["sum_over_time", every10s(1, 1e100, 1, -1e100), 2],
  ["sum_over_time", every10s(1, Infinity, 1), Infinity],
  ["sum_over_time", every10s(Infinity, -Infinity), NaN],
  ["avg_over_time", every10s(1, 2, 4, 5), 3],
  ["avg_over_time", every10s(2 ** 1023, 2 ** 1023), 2 ** 1023],
  ["avg_over_time", every10s(1, Infinity), Infinity],
  ["avg_over_time", every10s(1, 1e100, 1, -1e100), 0.5],
  ["min_over_time", every10s(NaN, 3, 1, NaN, 1), 1],
  ["max_over_time", every10s(NaN, 3, 1, NaN, 3), 3],
  ["max_over_time", every10s(NaN, NaN), NaN],
  ["max_over_time", every10s(-Infinity, -Infinity), -Infinity],
  ["ts_of_min_over_time", every10s(NaN, 3, 1, NaN, 1), 40],
  ["ts_of_max_over_time", every10s(NaN, 3, 1, NaN, 3), 40],
  ["ts_of_first_over_time", [[1.5, ONE], [2, 1]], 1.5],
  ["ts_of_last_over_time", [[1.5, 1], [2.25, ONE]], 2.25],
  ["first_over_time", every10s(3, ONE), 3],
  ["last_over_time", every10s(ONE, 4), 4],
  ["min_over_time", every10s(ONE), undefined],
];

for (const [name, samples, expected] of CASES) {
  const shown = samples.map(([, value]) => typeof value === "number" ? value : "{histogram}");
  Deno.test(`${name}() of ${shown.join(" ")} is ${expected}`, () => {
    assertEquals(overRange(name, samples).value, expected);
  });
}

Deno.test("sum_over_time() and avg_over_time() of histograms are histograms", () => {
  const samples = every10s(ONE, ONE, ONE);
  assertEquals((overRange("sum_over_time", samples).value as FloatHistogram).sum, 9);
  assertAlmostEquals((overRange("avg_over_time", samples).value as FloatHistogram).sum, 3, 1e-12);
  assertEquals(overRange("last_over_time", samples).value, ONE);
});

Deno.test("sum_over_time() refuses a mix, min_over_time() leaves histograms out", () => {
  const mix = every10s(2, ONE, 1);
  const sum = overRange("sum_over_time", mix);
  assertEquals(sum.value, undefined);
  assertEquals(sum.warnings, [
    'encountered a mix of histograms and floats for metric name "metric"',
  ]);
  const least = overRange("min_over_time", mix);
  assertEquals(least.value, 1);
  assertEquals(least.infos, [
    "ignored histograms in a range containing both floats and histograms for metric name " +
    '"metric"',
  ]);
});

Deno.test("sum_over_time() tells of resets that contradict each other", () => {
  const { warnings } = overRange(
    "sum_over_time",
    every10s({ ...ONE, counterReset: "reset" }, { ...ONE, counterReset: "none" }),
  );
  assertEquals(warnings, ["conflicting counter resets during histogram aggregation"]);
});
