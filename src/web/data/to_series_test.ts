import { assertEquals, assertStrictEquals } from "@std/assert";
import { parseValue } from "./numbers.ts";
import { gridTimes, toSeries } from "./to_series.ts";

const naming = { refId: "A", expr: "up" };

Deno.test("parseValue() reads what Prometheus writes", () => {
  const cases: [string, number][] = [
    ["1.5e+3", 1500],
    ["+Inf", Infinity],
    ["-Inf", -Infinity],
    ["NaN", NaN],
    ["-0", -0],
  ];
  for (const [text, value] of cases) assertEquals(parseValue(text), value);
});

Deno.test("toSeries() puts samples on the steps of the range, null where there is none", () => {
  const grid = { start: 10_000, end: 40_000, step: 10_000 };
  const times = gridTimes(grid);
  const [one, two] = toSeries(
    {
      type: "matrix",
      series: [
        { metric: { a: "1" }, values: [[20, "2"], [40, "NaN"]] },
        { metric: { a: "2" }, values: [[10, "+Inf"]] },
      ],
      warnings: [],
      infos: [],
    },
    naming,
    { ...grid, times },
  );
  assertEquals(one?.values, [null, 2, null, NaN]);
  assertEquals(two?.values, [Infinity, null, null, null]);
  assertEquals(times, [10_000, 20_000, 30_000, 40_000]);
  assertStrictEquals(one?.times, two?.times);
});

Deno.test("toSeries() shows native histograms and strings as text", () => {
  const histogram = {
    count: "3",
    sum: "1.5",
    buckets: [[0, "0.5", "1", "2"], [3, "-1", "1", "1"]] as const,
  };
  const rest = { warnings: [], infos: [] };
  assertEquals(
    toSeries({
      type: "vector",
      series: [{ metric: {}, histograms: [[7, histogram]] }],
      ...rest,
    }, naming),
    [{
      refId: "A",
      name: "up",
      labels: {},
      times: [7000],
      values: [null],
      texts: ["{count:3, sum:1.5, (0.5,1]:2, [-1,1]:1}"],
    }],
  );
  const [text] = toSeries({
    type: "string",
    series: [{ metric: {}, values: [[7, "hi"]] }],
    ...rest,
  }, naming);
  assertEquals([text?.values, text?.texts], [[null], ["hi"]]);
});
