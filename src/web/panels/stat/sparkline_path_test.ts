import { assertEquals } from "@std/assert";
import { sparklinePath } from "./sparkline_path.ts";

Deno.test("sparklinePath() fills its box and goes over gaps", () => {
  assertEquals(sparklinePath([0, 10, 20], [0, null, 10], 100, 14), {
    stroke: "M0.0,12.0L100.0,2.0",
    area: "M0.0,12.0L100.0,2.0L100,14L0,14Z",
  });
});

Deno.test("sparklinePath() of a constant is in the middle", () => {
  assertEquals(sparklinePath([0, 10], [5, 5], 100, 14)?.stroke, "M0.0,7.0L100.0,7.0");
});

Deno.test("sparklinePath() of less than two values is nothing", () => {
  assertEquals(sparklinePath([0, 10], [5, null], 100, 14), undefined);
});
