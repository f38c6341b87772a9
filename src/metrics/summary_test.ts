import { assertEquals, assertThrows } from "@std/assert";
import { RollingSummary, type RollingSummaryOptions } from "./summary.ts";

function summaryAt(start: number, options: RollingSummaryOptions = {}) {
  const clock = { now: start };
  const summary = new RollingSummary({ quantiles: [0, 1], ...options, now: () => clock.now });
  const range = () => summary.snapshot().quantiles.map(({ value }) => value);
  return { clock, summary, range };
}

Deno.test("RollingSummary.snapshot() has the default quantiles, with the reference's digits", () => {
  const summary = new RollingSummary();
  for (const value of [0.001, 0.002, 0.003, 0.25, 0.5]) summary.record(value);
  const { quantiles, ...rest } = summary.snapshot();
  assertEquals(
    quantiles.map(({ quantile, value }) => `${quantile.label} ${value}`),
    [
      "0 0.001",
      "0.5 0.003000128900620228",
      "0.9 0.24999858787871077",
      "0.95 0.24999858787871077",
      "0.99 0.24999858787871077",
      "0.999 0.24999858787871077",
      "1 0.5",
    ],
  );
  assertEquals(rest, { kind: "summary", sum: 0.756, count: 5, refused: 0 });
});

Deno.test("RollingSummary.snapshot() is all zeros before the first value", () => {
  const { summary, range } = summaryAt(0);
  assertEquals(range(), [0, 0]);
  assertEquals(summary.snapshot().count, 0);
});

Deno.test("RollingSummary forgets values part by part after 60 s, and never the sum and count", () => {
  const { clock, summary, range } = summaryAt(1_000);
  for (const [now, value] of [[1_000, 10], [20_999, 11], [21_000, 20], [45_000, 30]] as const) {
    clock.now = now;
    summary.record(value);
  }
  assertEquals(range(), [10, 30]);
  clock.now = 60_999;
  assertEquals(range(), [10, 30]);
  clock.now = 61_000;
  assertEquals(range(), [20, 30]);
  summary.record(40);
  assertEquals(range(), [20, 40]);
  clock.now = 200_000;
  assertEquals(range(), [0, 0]);
  const { sum, count } = summary.snapshot();
  assertEquals([sum, count], [111, 5]);
});

Deno.test("RollingSummary keeps its parts in step when one has no values", () => {
  const { clock, summary, range } = summaryAt(0);
  summary.record(1);
  clock.now = 50_000; // the part from 40 s; nothing was recorded from 20 s to 40 s
  summary.record(2);
  assertEquals(range(), [1, 2]);
  clock.now = 60_000;
  assertEquals(range(), [2, 2]);
  clock.now = 99_999;
  assertEquals(range(), [2, 2]);
  clock.now = 100_000;
  assertEquals(range(), [0, 0]);
});

Deno.test("RollingSummary keeps its window when the clock is set back", () => {
  const { clock, summary, range } = summaryAt(3_600_000);
  summary.record(1);
  clock.now = 0;
  assertEquals(range(), [1, 1]);
  summary.record(2);
  assertEquals(range(), [1, 2]);
  clock.now = 60_000;
  assertEquals(range(), [0, 0]);
});

Deno.test("RollingSummary takes the length of its window from the options", () => {
  const { clock, summary, range } = summaryAt(0, { bucketDuration: 10, bucketCount: 1 });
  summary.record(5);
  clock.now = 9;
  assertEquals(range(), [5, 5]);
  clock.now = 10;
  assertEquals(range(), [0, 0]);
});

Deno.test("RollingSummary.recordMany() records a value many times, and refuses what is no number", () => {
  const { summary, range } = summaryAt(0);
  summary.recordMany(2, 3);
  summary.recordMany(7, 0);
  summary.record(NaN);
  summary.record(-Infinity);
  summary.recordMany(1, -1);
  summary.recordMany(1, 0.5);
  const { sum, count, refused } = summary.snapshot();
  assertEquals([sum, count, refused], [6, 3, 4]);
  assertEquals(range(), [2, 2]);
});

Deno.test("RollingSummary refuses a window without length", () => {
  assertThrows(() => new RollingSummary({ bucketDuration: 0 }), RangeError, "bucketDuration");
  assertThrows(() => new RollingSummary({ bucketCount: 1.5 }), RangeError, "current value is 1.5");
  assertThrows(() => new RollingSummary({ quantiles: [NaN] }), RangeError, "NaN");
});
