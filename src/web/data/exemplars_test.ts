import { assertEquals } from "@std/assert";
import { exemplarPoints } from "./exemplars.ts";

Deno.test("exemplarPoints() keeps the highest of a step, and lower ones only far below", () => {
  const at = (timestamp: number, value: string) => ({
    labels: { trace_id: value },
    value,
    timestamp,
  });
  const found = exemplarPoints("A", [{
    seriesLabels: { job: "x" },
    exemplars: [at(12, "7"), at(1.5, "10"), at(2, "9.9"), at(2.5, "NaN"), at(3, "9.8"), at(4, "0")],
  }], 10_000);
  assertEquals(found.map(({ time, value }) => [time, value]), [[1500, 10], [4000, 0], [12_000, 7]]);
  assertEquals(found[0]?.labels, { trace_id: "10" });
  assertEquals(found[0]?.seriesLabels, { job: "x" });
});
