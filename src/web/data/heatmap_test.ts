import { assertEquals } from "@std/assert";
import { classicFromNative, separateBuckets } from "./heatmap.ts";
import { toSeries } from "./to_series.ts";

const bucket = (le: string, values: (number | null)[], labels = {}) => ({
  refId: "A",
  name: le,
  labels: { ...labels, le },
  times: values.map((_, at) => at),
  values,
});

Deno.test("separateBuckets() sorts by bound and leaves each bucket its own", () => {
  const found = separateBuckets([
    bucket("+Inf", [9, 9, 3]),
    bucket("0.5", [1, null, 2]),
    bucket("1e1", [4, 8, 1]),
  ]);
  assertEquals(found.map(({ name, values }) => [name, values]), [
    ["0.5", [1, null, 2]],
    ["1e1", [3, 8, 0]],
    ["+Inf", [5, 1, 2]],
  ]);
});

Deno.test("separateBuckets() takes nothing off between different histograms", () => {
  const found = separateBuckets([bucket("1", [1], { pod: "a" }), bucket("2", [5], { pod: "b" })]);
  assertEquals(found.map(({ values }) => values), [[1], [5]]);
});

Deno.test("classicFromNative() makes buckets of native histograms that come out as they were", () => {
  const histogram = (...buckets: [number, string, string, string][]) => ({
    count: "",
    sum: "",
    buckets,
  });
  const answer = classicFromNative({
    type: "vector",
    series: [
      {
        metric: { pod: "a" },
        histograms: [[5, histogram([0, "1", "2", "3"], [0, "2", "4", "1"])]],
      },
      { metric: { pod: "b" }, histograms: [[5, histogram([0, "1", "2", "4"])]] },
    ],
    warnings: [],
    infos: [],
  });
  const series = toSeries(answer, { refId: "A", expr: "h", legendFormat: "{{le}}" });
  assertEquals(separateBuckets(series).map(({ name, values }) => [name, values]), [["2", [7]], [
    "4",
    [1],
  ]]);
});
