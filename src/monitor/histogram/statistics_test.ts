import { assertAlmostEquals, assertEquals } from "@std/assert";
import { parseHistogramNotation } from "./notation.ts";
import { average, standardDeviation, variance } from "./statistics.ts";

Deno.test("average() is the sum by the count, NaN without observations", () => {
  assertEquals(average(parseHistogramNotation("{{count:4 sum:10}}").histogram), 2.5);
  assertEquals(average(parseHistogramNotation("{{}}").histogram), NaN);
});

Deno.test("variance() and standardDeviation() take a bucket's observations to be of one value", () => {
  const cases: [text: string, variance: number][] = [
    // At the geometric means 2 * sqrt(2) and -2 * sqrt(2), the mean being 0.
    ["{{count:2 sum:0 offset:2 buckets:[1] n_offset:2 n_buckets:[1]}}", 8],
    // At 0 in the zero bucket, the mean being 1.
    ["{{count:2 sum:2 z_bucket:2 z_bucket_w:3}}", 1],
    // At the middles 3 and 5, the mean being 4.
    ["{{schema:-53 count:4 sum:16 custom_values:[2 4 6] buckets:[0 2 2]}}", 1],
    ["{{schema:-53 count:4 sum:16 custom_values:[2 4] buckets:[0 2 2]}}", Infinity],
    ["{{}}", NaN],
  ];
  for (const [text, expected] of cases) {
    const { histogram } = parseHistogramNotation(text);
    assertAlmostEquals(variance(histogram), expected, 1e-12, text);
    assertAlmostEquals(standardDeviation(histogram), Math.sqrt(expected), 1e-12, text);
  }
});
