import { assertEquals, assertThrows } from "@std/assert";
import { BucketHistogram, LATENCY_BUCKETS } from "./buckets.ts";

const SAMPLES = [0.001, 0.002, 0.003, 0.25, 0.5];

function counts(histogram: BucketHistogram): number[] {
  return histogram.snapshot().buckets.map(({ count }) => count);
}

Deno.test("BucketHistogram.snapshot() counts what is at most each bound, then everything", () => {
  const histogram = new BucketHistogram([0.002, 0.01, 0.5]);
  for (const sample of SAMPLES) histogram.record(sample);
  assertEquals(histogram.snapshot(), {
    kind: "buckets",
    buckets: [
      { bound: 0.002, count: 2 },
      { bound: 0.01, count: 3 },
      { bound: 0.5, count: 5 },
      { bound: Infinity, count: 5 },
    ],
    sum: 0.756,
    count: 5,
    refused: 0,
  });
});

Deno.test("BucketHistogram.record() finds the same bucket as a search from one end", () => {
  const values = LATENCY_BUCKETS.flatMap((bound) => [bound * 0.999, bound, bound * 1.001]);
  const histogram = new BucketHistogram(LATENCY_BUCKETS);
  for (const value of [-1, 0, ...values]) histogram.record(value);
  const expected = [...LATENCY_BUCKETS, Infinity]
    .map((bound) => [-1, 0, ...values].filter((value) => value <= bound).length);
  assertEquals(counts(histogram), expected);
});

Deno.test("BucketHistogram.recordMany() records a value many times, and refuses what is no number", () => {
  const histogram = new BucketHistogram([1]);
  histogram.recordMany(2, 3);
  histogram.recordMany(2, 0);
  for (const value of [NaN, Infinity, -Infinity]) histogram.record(value);
  histogram.recordMany(1, -2);
  const { sum, count, refused } = histogram.snapshot();
  assertEquals([sum, count, refused], [6, 3, 4]);
});

Deno.test("BucketHistogram keeps the latest exemplar of each bucket", () => {
  let trace: string | undefined;
  const exemplar = () => trace === undefined ? undefined : { "trace_id": trace };
  const histogram = new BucketHistogram([1, 2], { exemplar, now: () => 1234 });
  histogram.record(0.5);
  trace = "a";
  histogram.record(1.5);
  trace = "b";
  histogram.record(1.6);
  histogram.record(3);
  trace = undefined;
  histogram.record(3.5);
  assertEquals(histogram.snapshot().buckets, [
    { bound: 1, count: 1 },
    {
      bound: 2,
      count: 3,
      exemplar: { labels: { "trace_id": "b" }, value: 1.6, timestamp: 1234 },
    },
    {
      bound: Infinity,
      count: 5,
      exemplar: { labels: { "trace_id": "b" }, value: 3, timestamp: 1234 },
    },
  ]);
});

Deno.test("BucketHistogram refuses bounds that are empty, not finite or not ascending", () => {
  const wrong = (bounds: number[], says: string) =>
    assertThrows(() => new BucketHistogram(bounds), RangeError, says);
  wrong([], "must not be empty, current value is []");
  wrong([1, Infinity], "+Inf is always added), current value is [1, Infinity]");
  wrong([NaN], "must be finite");
  wrong([1, 1], "must ascend, current value is [1, 1]");
  wrong([2, 1], "must ascend");
});

Deno.test("BucketHistogram is not changed by what happens to its bounds afterwards", () => {
  const bounds = [1, 2];
  const histogram = new BucketHistogram(bounds);
  bounds[0] = 100;
  histogram.record(50);
  assertEquals(counts(histogram), [0, 0, 1]);
});

Deno.test("LATENCY_BUCKETS runs from 100 µs to 10 s", () => {
  assertEquals([LATENCY_BUCKETS[0], LATENCY_BUCKETS.at(-1)], [0.0001, 10]);
  new BucketHistogram(LATENCY_BUCKETS);
});
