import { assertEquals } from "@std/assert";
import { builtins, formatInterval, roundInterval, stepFor } from "./steps.ts";

const HOUR = 3_600_000;
const range = { from: 7_000, to: 7_000 + HOUR };

Deno.test("roundInterval() climbs Grafana's ladder", () => {
  const cases = [[7, 1], [12, 10], [800, 1000], [4000, 5000], [7200, 5000], [7500, 10_000]];
  const longer = [[61_000, 60_000], [3 * HOUR, 3 * HOUR], [400 * 24 * HOUR, 365 * 24 * HOUR]];
  for (const [ms = 0, rounded] of [...cases, ...longer]) assertEquals(roundInterval(ms), rounded);
});

Deno.test("stepFor() follows Grafana in steps and rate intervals", () => {
  const seconds = (options: Partial<Parameters<typeof stepFor>[0]>) => {
    const { interval, rateInterval } = stepFor({
      range,
      points: 600,
      scrapeSeconds: 15,
      ...options,
    });
    return [interval / 1000, rateInterval / 1000];
  };
  assertEquals(seconds({}), [15, 60]);
  assertEquals(seconds({ points: 60 }), [60, 75]);
  assertEquals(seconds({ scrapeSeconds: 1 }), [5, 6]);
  assertEquals(seconds({ panelInterval: "2m" }), [120, 135]);
  assertEquals(seconds({ panelInterval: ">30s" }), [30, 60]);
  assertEquals(seconds({ interval: "1s", scrapeSeconds: 15 }), [5, 16]);
  assertEquals(seconds({ interval: "1m" }), [60, 240]);
  assertEquals(seconds({ interval: "$__interval" }), [15, 60]);
  assertEquals(seconds({ interval: "$__rate_interval" }), [60, 60]);
  assertEquals(seconds({ factor: 10 }), [150, 60]);
});

Deno.test("stepFor() asks for whole steps, and never for more points than Prometheus gives", () => {
  const { start, end, interval } = stepFor({ range, points: 600, scrapeSeconds: 15 });
  assertEquals([start, end, interval], [0, HOUR, 15_000]);
  const month = { from: 0, to: 30 * 24 * HOUR };
  const many = stepFor({ range: month, points: 1e6, scrapeSeconds: 1, interval: "1s" });
  assertEquals((many.end - many.start) / many.interval <= 11_000, true);
});

Deno.test("formatInterval() is exact", () => {
  const cases: [number, string][] = [[250, "250ms"], [90_000, "90s"], [7_200_000, "2h"], [
    86_400_000,
    "1d",
  ]];
  for (const [ms, text] of cases) assertEquals(formatInterval(ms), text);
});

Deno.test("builtins() has what stands for a query's intervals and range", () => {
  const found = builtins(stepFor({ range, points: 600, scrapeSeconds: 15 }), range);
  assertEquals(found, {
    __interval: "15s",
    __interval_ms: "15000",
    __rate_interval: "1m",
    __rate_interval_ms: "60000",
    __range: "3600s",
    __range_s: "3600",
    __range_ms: "3600000",
    __from: "7000",
    __to: "3607000",
  });
});
