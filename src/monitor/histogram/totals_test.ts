import { assertEquals } from "@std/assert";
import { parseHistogramNotation, printHistogramNotation } from "./notation.ts";
import { totalsOnly } from "./totals.ts";

Deno.test("totalsOnly() keeps counts and sums, and says which buckets fell", () => {
  const histograms = [
    "{{count:3 sum:4 z_bucket:1 z_bucket_w:0.5 buckets:[2]}}",
    "{{count:4 sum:5 z_bucket:1 z_bucket_w:0.5 buckets:[3]}}",
    undefined,
    "{{count:5 sum:6 z_bucket:2 z_bucket_w:0.5 buckets:[2]}}",
    "{{count:1 sum:7 counter_reset_hint:gauge n_buckets:[1]}}",
    "{{schema:-53 count:2 sum:8 custom_values:[1] buckets:[1 1]}}",
    "{{schema:-53 count:2 sum:8 counter_reset_hint:not_reset custom_values:[2] buckets:[1 1]}}",
  ].map((text) => text === undefined ? undefined : parseHistogramNotation(text).histogram);
  assertEquals(totalsOnly(histograms).map((h) => h && printHistogramNotation(h)), [
    "{{count:3 sum:4}}",
    "{{count:4 sum:5 counter_reset_hint:not_reset}}",
    undefined,
    "{{count:5 sum:6 counter_reset_hint:reset}}",
    "{{count:1 sum:7 counter_reset_hint:gauge}}",
    "{{schema:-53 count:2 sum:8 custom_values:[] counter_reset_hint:reset}}",
    "{{schema:-53 count:2 sum:8 custom_values:[] counter_reset_hint:not_reset}}",
  ]);
});
