import { assertEquals } from "@std/assert";
import { scrapedSchema } from "../series.ts";
import { catalogue, query, said } from "./fixture.ts";
import { checkMetrics } from "./metrics.ts";

function check(expr: string): string[] {
  return said(checkMetrics(query(expr), scrapedSchema(catalogue), catalogue));
}

Deno.test("checkMetrics() takes what is exported, used as its kind allows", () => {
  for (
    const expr of [
      "rate(calls_total[5m])",
      "sum(increase(took_seconds_bucket[$__range]))",
      "rate(took_seconds_sum[5m]) / rate(took_seconds_count[5m])",
      "avg by (api) (old_seconds)",
      "sum(old_counter)",
      "max_over_time(running[5m]) + up",
      "absent(calls_total) or scrape_duration_seconds",
      "max_over_time(rate(calls_total[5m])[1h:1m])",
    ]
  ) assertEquals(check(expr), [], expr);
});

Deno.test("checkMetrics() finds metrics that nobody exports, and suggests the one that was meant", () => {
  assertEquals(check("sum(rate(call_total[5m]))"), [
    "call_total: 'call_total' is not in src/metrics/catalogue.ts, and no rule records it; did you mean 'calls_total'?",
  ]);
  assertEquals(check('{__name__=~"zebra_.*"}').length, 1);
});

Deno.test("checkMetrics() finds suffixes that a kind of histogram does not have", () => {
  assertEquals(check("took_seconds"), [
    "took_seconds: 'took_seconds' is not exported: 'took_seconds' is a histogram and has _bucket, _sum, _count",
  ]);
  assertEquals(check("rate(old_seconds_bucket[5m])"), [
    "old_seconds_bucket: 'old_seconds_bucket' is not exported: 'old_seconds' is a summary and has '', _sum, _count",
  ]);
});

Deno.test("checkMetrics() finds counters that are shown as they are, or summed before the rate", () => {
  const what = "it needs one of rate, irate, increase, resets directly around it";
  assertEquals(check("sum(calls_total)"), [`calls_total: 'calls_total' is a counter: ${what}`]);
  assertEquals(check("rate(sum(calls_total)[5m:1m])"), [
    `calls_total: 'calls_total' is a counter: ${what}`,
  ]);
  assertEquals(check("old_seconds_count").length, 1);
});

Deno.test("checkMetrics() finds rates of what is no counter", () => {
  assertEquals(check("rate(running[5m])"), [
    "running: rate() is for counters, and 'running' is a gauge",
  ]);
  assertEquals(check("increase(old_seconds[5m])").length, 1);
});

Deno.test("checkMetrics() finds what is not PromQL", () => {
  assertEquals(check("rate(calls_total{[5m])"), [": this is not PromQL"]);
  assertEquals(check("").length, 1);
});
