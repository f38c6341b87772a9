import { assertEquals } from "@std/assert";
import { readBuckets } from "./buckets.ts";
import { stepOf } from "./heat_colors.ts";

const bucket = (le: string, values: (number | null)[]) => ({
  refId: "A",
  name: le,
  labels: { le },
  times: [0, 10],
  values,
});
const asked = (format: "heatmap" | "time_series") => [{
  target: { refId: "A", expr: "x", format },
  expr: "x",
  step: 10,
  instant: false,
}];

Deno.test("readBuckets() sorts rows by their bound", () => {
  const series = [bucket("+Inf", [1, 1]), bucket("0.1", [2, 2]), bucket("5e-3", [3, 3])];
  const { rows } = readBuckets({ series, queries: asked("heatmap") });
  assertEquals(rows.map(({ lower, upper }) => [lower, upper]), [
    [-Infinity, 0.005],
    [0.005, 0.1],
    [0.1, Infinity],
  ]);
});

Deno.test("readBuckets() leaves the counts of a query that was asked as a heatmap", () => {
  const series = [bucket("1", [2, 3]), bucket("2", [1, 1])];
  const { rows } = readBuckets({ series, queries: asked("heatmap") });
  assertEquals(rows.map(({ values }) => values), [[2, 3], [1, 1]]);
});

Deno.test("readBuckets() takes classic buckets apart that still add up", () => {
  const series = [bucket("1", [2, null]), bucket("2", [5, 3]), bucket("+Inf", [4, 3])];
  const { rows } = readBuckets({ series, queries: asked("time_series") });
  assertEquals(rows.map(({ values }) => values), [[2, null], [3, 3], [0, 0]]);
});

Deno.test("stepOf() spreads counts over the colours", () => {
  assertEquals([0, 5, 9.9, 10, 50].map((value) => stepOf(value, 0, 10, 4)), [0, 2, 3, 3, 3]);
  assertEquals(stepOf(3, 3, 3, 4), 3);
});
