import { assertEquals } from "@std/assert";
import { parseHistogramNotation } from "./notation.ts";
import { histogramToJson, printHistogram } from "./print.ts";

const EXPONENTIAL = parseHistogramNotation(
  "{{schema:1 count:10 sum:1234567.5 z_bucket:2 z_bucket_w:0.001 buckets:[3 0 4] n_buckets:[0 1]}}",
).histogram;
const CUSTOM = parseHistogramNotation(
  "{{schema:-53 count:5 sum:1e-7 custom_values:[-1 0.5] buckets:[1 1 3]}}",
).histogram;
const EMPTY = parseHistogramNotation("{{}}").histogram;

Deno.test("printHistogram() shows filled buckets by rising bounds, with brackets for included ones", () => {
  assertEquals(
    printHistogram(EXPONENTIAL),
    "{count:10, sum:1.2345675e+06, [-1.414213562373095,-1):1, [-0.001,0.001]:2, " +
      "(0.7071067811865475,1]:3, (1.414213562373095,2]:4}",
  );
  assertEquals(
    printHistogram(CUSTOM),
    "{count:5, sum:1e-07, [-Inf,-1]:1, (-1,0.5]:1, (0.5,+Inf]:3}",
  );
  assertEquals(printHistogram(EMPTY), "{count:0, sum:0}");
});

Deno.test("histogramToJson() gives buckets with a rule for their bounds, and none where all are empty", () => {
  assertEquals(histogramToJson(EXPONENTIAL), {
    count: "10",
    sum: "1234567.5",
    buckets: [
      [1, "-1.414213562373095", "-1", "1"],
      [3, "-0.001", "0.001", "2"],
      [0, "0.7071067811865475", "1", "3"],
      [0, "1.414213562373095", "2", "4"],
    ],
  });
  assertEquals(histogramToJson(CUSTOM), {
    count: "5",
    sum: "1e-07",
    buckets: [[3, "-Inf", "-1", "1"], [0, "-1", "0.5", "1"], [0, "0.5", "+Inf", "3"]],
  });
  assertEquals(histogramToJson(EMPTY), { count: "0", sum: "0" });
});
