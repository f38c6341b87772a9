import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { FloatHistogram } from "../../histogram/mod.ts";
import { every10s, histogram, overRange, type RangeOptions } from "./functions_fixture.ts";

const COUNTER = every10s(0, 10, 20, 5, 15, 25, 30);
const GAUGE = every10s(3, 1, 4, 1, 5, 9);

// Values of a real Prometheus 3.10.
const EXTRAPOLATED: [string, typeof COUNTER, RangeOptions, number | undefined][] = [
  ["rate", COUNTER, { end: 60, range: 60 }, 0.8],
  ["increase", COUNTER, { end: 55, range: 50 }, 43.75],
  ["increase", COUNTER, { end: 75, range: 90 }, 54.166666666666664],
  ["delta", GAUGE, { end: 52, range: 45 }, 9],
  ["irate", COUNTER, { end: 31, range: 60 }, 0.5],
  ["idelta", GAUGE, { end: 31, range: 60 }, -3],
  ["rate", COUNTER, { end: 5, range: 10 }, undefined],
  ["irate", COUNTER, { end: 5, range: 10 }, undefined],
];

for (const [name, samples, options, expected] of EXTRAPOLATED) {
  Deno.test(`${name}() over ${options.range} s up to ${options.end} s is ${expected}`, () => {
    const { value, warnings, infos } = overRange(name, samples, options);
    if (expected === undefined) assertEquals(value, undefined);
    else assertAlmostEquals(value as number, expected, 1e-12);
    assertEquals([...warnings, ...infos], []);
  });
}

Deno.test("increase() does not extrapolate a counter to below zero", () => {
  // 2 → 12 in 10 s: it was at zero 2 s before the first sample, not 9 s.
  const { value } = overRange("increase", [[9, 2], [19, 12]], { end: 19, range: 19 });
  assertAlmostEquals(value as number, 12, 1e-12);
});

Deno.test("delta() may go below zero", () => {
  const { value } = overRange("delta", [[9, 2], [19, 12]], { end: 19, range: 19 });
  assertAlmostEquals(value as number, 19, 1e-12);
});

Deno.test("increase() counts from a start inside the range, even with one sample", () => {
  const { value } = overRange("increase", [[50, 30]], { end: 60, range: 60, starts: [20] });
  assertEquals(value, 30);
});

Deno.test("increase() ignores a start before the range", () => {
  const { value } = overRange("increase", [[50, 30]], { end: 60, range: 20, starts: [20] });
  assertEquals(value, undefined);
});

Deno.test("increase() takes a start between two samples for a reset", () => {
  const { value } = overRange("increase", every10s(undefined, 30, 30, 30), {
    end: 30,
    range: 25,
    starts: [1, 15, 15],
  });
  // 30 before the reset, 30 after it; the last sample is of the same start.
  assertAlmostEquals(value as number, 30 * 25 / 20, 1e-12);
});

Deno.test("increase() warns of starts that overlap the sample before", () => {
  const { warnings } = overRange("increase", every10s(10, 20, 30), { starts: [-50, -60, -60] });
  assertEquals(warnings, [
    'sample has start time that overlaps with previous sample timestamp for metric "metric"',
  ]);
});

Deno.test("delta() knows no starts", () => {
  const { value } = overRange("delta", every10s(30, 30), { range: 10.001, starts: [-5, 5] });
  assertEquals(value, 0);
});

Deno.test("rate() refuses a mix of numbers and histograms", () => {
  for (const name of ["rate", "delta", "irate"]) {
    const { value, warnings } = overRange(name, every10s(1, histogram("schema:0 count:1 sum:1")));
    assertEquals(value, undefined, name);
    assertEquals(
      warnings,
      ['encountered a mix of histograms and floats for metric name "metric"'],
      name,
    );
  }
});

const FIRST = histogram("schema:0 count:4 sum:4 buckets:[1 2 1]");
const SECOND = histogram("schema:0 count:10 sum:12 buckets:[2 5 3]");

Deno.test("increase() of histograms is one", () => {
  const { value, warnings } = overRange("increase", [[10, FIRST], [20, SECOND]], {
    end: 20,
    range: 10.001,
  });
  const { count, sum, positive, counterReset } = value as FloatHistogram;
  assertAlmostEquals(count, 6 * 1.0001, 1e-9);
  assertAlmostEquals(sum, 8 * 1.0001, 1e-9);
  assertEquals(positive.indexes, [0, 1, 2]);
  assertEquals(counterReset, "gauge");
  assertEquals(warnings, []);
});

Deno.test("increase() of histograms makes a reset good", () => {
  const { value } = overRange("increase", [[10, SECOND], [20, FIRST], [30, SECOND]], {
    end: 30,
    range: 20.0001,
  });
  // Up to the reset nothing is added, since nothing is known of it; then 4, then 6.
  assertAlmostEquals((value as FloatHistogram).count, 10, 1e-3);
});

Deno.test("rate() of gauge histograms is doubted, delta() of counters too", () => {
  const gauge: FloatHistogram = { ...SECOND, counterReset: "gauge" };
  assertEquals(overRange("rate", [[10, FIRST], [20, gauge]]).warnings, [
    'this native histogram metric is not a counter: "metric"',
  ]);
  assertEquals(overRange("delta", [[10, FIRST], [20, gauge]]).warnings, [
    'this native histogram metric is not a gauge: "metric"',
  ]);
});

Deno.test("rate() of buckets of two kinds gives nothing, and says so", () => {
  const custom = histogram("schema:-53 count:20 sum:5 custom_values:[5 10] buckets:[10 5 5]");
  for (const name of ["rate", "irate", "delta"]) {
    const { value, warnings } = overRange(name, [[10, FIRST], [20, {
      ...custom,
      counterReset: "none",
    }]]);
    assertEquals(value, undefined, name);
    assertEquals(
      warnings.filter((warning) => warning.startsWith("vector contains")),
      [
        "vector contains a mix of histograms with exponential and custom buckets schemas for " +
        'metric name "metric"',
      ],
      name,
    );
  }
});

Deno.test("irate() of histograms is of the last two", () => {
  const { value } = overRange("irate", [[0, SECOND], [10, FIRST], [20, SECOND]]);
  assertEquals((value as FloatHistogram).count, 0.6);
});
