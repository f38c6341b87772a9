import { assertEquals } from "@std/assert";
import { histogramsEqual } from "./compare.ts";
import { parseHistogramNotation } from "./notation.ts";

const BASE = "{{count:3 sum:NaN z_bucket_w:0.1 buckets:[1 2]}}";

Deno.test("histogramsEqual() compares numbers, not empty buckets and counter resets", () => {
  const cases: [other: string, equal: boolean][] = [
    [BASE, true],
    ["{{count:3 sum:NaN z_bucket_w:0.1 offset:-2 buckets:[0 0 1 2 0] n_buckets:[0]}}", true],
    ["{{count:3 sum:NaN z_bucket_w:0.1 buckets:[1 2] counter_reset_hint:gauge}}", true],
    ["{{count:4 sum:NaN z_bucket_w:0.1 buckets:[1 2]}}", false],
    ["{{count:3 sum:1 z_bucket_w:0.1 buckets:[1 2]}}", false],
    ["{{count:3 sum:NaN z_bucket_w:0.2 buckets:[1 2]}}", false],
    ["{{count:3 sum:NaN z_bucket_w:0.1 offset:1 buckets:[1 2]}}", false],
    ["{{count:3 sum:NaN z_bucket_w:0.1 n_buckets:[1 2]}}", false],
    ["{{schema:1 count:3 sum:NaN z_bucket_w:0.1 buckets:[1 2]}}", false],
  ];
  for (const [other, equal] of cases) {
    const [a, b] = [BASE, other].map((text) => parseHistogramNotation(text).histogram);
    assertEquals(a && b && histogramsEqual(a, b), equal, other);
  }
});

Deno.test("histogramsEqual() takes another idea of equal numbers", () => {
  const { histogram } = parseHistogramNotation("{{count:3 buckets:[3]}}");
  const other = parseHistogramNotation("{{count:3.001 buckets:[3.002]}}").histogram;
  assertEquals(histogramsEqual(histogram, other), false);
  assertEquals(histogramsEqual(histogram, other, (a, b) => Math.abs(a - b) < 0.01), true);
});
