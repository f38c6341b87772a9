import { assertEquals } from "@std/assert";
import { detectReset, storedCounterReset } from "./counter_reset.ts";
import type { FloatHistogram } from "./float_histogram.ts";
import { parseHistogramNotation } from "./notation.ts";

function of(text: string): FloatHistogram {
  return parseHistogramNotation(text).histogram;
}

const CASES: readonly [what: string, previous: string, current: string, reset: boolean][] = [
  ["counts that rise", "{{count:2 buckets:[1 1]}}", "{{count:4 buckets:[1 2 1]}}", false],
  ["a lower sum", "{{count:2 sum:9 buckets:[2]}}", "{{count:2 sum:1 buckets:[2]}}", false],
  ["a lower count", "{{count:2 buckets:[1]}}", "{{count:1 buckets:[1]}}", true],
  ["a lower bucket", "{{count:3 buckets:[2 1]}}", "{{count:4 buckets:[1 3]}}", true],
  ["a lower negative bucket", "{{count:3 n_buckets:[2]}}", "{{count:4 n_buckets:[1]}}", true],
  ["a lower zero bucket", "{{count:3 z_bucket:3}}", "{{count:4 z_bucket:2 buckets:[2]}}", true],
  ["a bucket that is gone", "{{count:3 buckets:[0 3]}}", "{{count:4 buckets:[4]}}", true],
  ["an empty bucket that is gone", "{{count:3 buckets:[3 0]}}", "{{count:4 buckets:[4]}}", false],
  ["a finer schema", "{{schema:0 count:1}}", "{{schema:1 count:1}}", true],
  [
    "a coarser schema with all counts",
    "{{schema:1 count:3 offset:1 buckets:[1 2]}}",
    "{{schema:0 count:3 offset:1 buckets:[3]}}",
    false,
  ],
  [
    "a coarser schema with too few",
    "{{schema:1 count:3 offset:1 buckets:[1 2]}}",
    "{{schema:0 count:3 offset:1 buckets:[2]}}",
    true,
  ],
  ["a narrower zero bucket", "{{count:1 z_bucket_w:1}}", "{{count:1 z_bucket_w:0.5}}", true],
  [
    "a wider zero bucket with what was in it",
    "{{count:3 offset:-1 buckets:[2 1]}}",
    "{{count:3 z_bucket:2 z_bucket_w:0.5 buckets:[1]}}",
    false,
  ],
  [
    "a wider zero bucket with less",
    "{{count:3 offset:-1 buckets:[2 1]}}",
    "{{count:3 z_bucket:1 z_bucket_w:0.5 buckets:[2]}}",
    true,
  ],
  [
    "a zero bucket that ends inside what was a filled bucket",
    "{{count:3 buckets:[3]}}",
    "{{count:3 z_bucket:3 z_bucket_w:0.75}}",
    true,
  ],
  [
    "custom buckets after exponential ones",
    "{{count:1 buckets:[1]}}",
    "{{schema:-53 count:1 custom_values:[1] buckets:[1]}}",
    true,
  ],
  [
    "exponential buckets after custom ones",
    "{{schema:-53 count:1 custom_values:[1] buckets:[1]}}",
    "{{count:1 buckets:[1]}}",
    true,
  ],
  [
    "other custom bounds, counts between common ones rise",
    "{{schema:-53 count:6 custom_values:[1 2 5] buckets:[1 2 3]}}",
    "{{schema:-53 count:7 custom_values:[2 3 5] buckets:[3 2 2]}}",
    false,
  ],
  [
    "other custom bounds, counts between common ones fall",
    "{{schema:-53 count:6 custom_values:[1 2 5] buckets:[1 2 3]}}",
    "{{schema:-53 count:7 custom_values:[2 3 5] buckets:[2 2 3]}}",
    true,
  ],
];

Deno.test("detectReset() sees what only a reset can do to a counter", () => {
  for (const [what, previous, current, reset] of CASES) {
    assertEquals(detectReset(of(current), of(previous)), reset, what);
  }
});

Deno.test("detectReset() believes a hint, but looks at gauges as at counters", () => {
  const previous = of("{{count:2 buckets:[2]}}");
  const fell = of("{{count:1 buckets:[1]}}");
  assertEquals(detectReset({ ...fell, counterReset: "none" }, previous), false);
  assertEquals(detectReset({ ...fell, counterReset: "gauge" }, previous), true);
  assertEquals(detectReset({ ...previous, counterReset: "reset" }, fell), true);
});

Deno.test("storedCounterReset() is certain of no reset after the first sample of a chunk only", () => {
  const first = of("{{count:2 buckets:[2]}}");
  const next = of("{{count:3 buckets:[3]}}");
  assertEquals(storedCounterReset(first, undefined), "unknown");
  assertEquals(storedCounterReset(next, first), "none");
  assertEquals(storedCounterReset(first, next), "unknown");
  assertEquals(storedCounterReset({ ...next, counterReset: "none" }, undefined), "unknown");
  assertEquals(storedCounterReset({ ...next, counterReset: "reset" }, first), "unknown");
  assertEquals(storedCounterReset({ ...next, schema: -1 }, first), "unknown");
  assertEquals(storedCounterReset({ ...next, counterReset: "gauge" }, first), "gauge");
  assertEquals(storedCounterReset(next, { ...first, counterReset: "gauge" }), "unknown");
});
