import { assertEquals, assertThrows } from "@std/assert";
import { DEFAULT_QUANTILES, quantile } from "./quantile.ts";

Deno.test("quantile() has the label that is exported and the name that people say", () => {
  const texts = DEFAULT_QUANTILES.map(quantile).map(({ label, name }) => `${label} ${name}`);
  assertEquals(
    texts,
    ["0 min", "0.5 p50", "0.9 p90", "0.95 p95", "0.99 p99", "0.999 p999", "1 max"],
  );
});

Deno.test("quantile() names small and crooked quantiles by their digits", () => {
  assertEquals([0.05, 0.005, 0.57, 0.123].map((q) => quantile(q).name), [
    "p5",
    "p05",
    "p57",
    "p123",
  ]);
});

Deno.test("quantile() keeps within 0 and 1, and refuses NaN", () => {
  assertEquals(quantile(-1), { value: 0, label: "0", name: "min" });
  assertEquals(quantile(-0).label, "0");
  assertEquals(quantile(99), { value: 1, label: "1", name: "max" });
  assertThrows(() => quantile(NaN), RangeError, "got NaN");
});
