import { assertEquals } from "@std/assert";
import { histogram, overVectors, seriesOf, type TestArgument } from "./functions_fixture.ts";
import { compareNaturally } from "./natural_order.ts";

const VECTOR = [
  seriesOf({ i: "a10" }, 2),
  seriesOf({ i: "a2" }, NaN),
  seriesOf({ i: "b" }, -1),
  seriesOf({ i: "a1", j: "z" }, 7),
  seriesOf({ i: "h" }, histogram("schema:0 count:1 sum:1")),
];

async function order(name: string, ...labels: string[]): Promise<string[]> {
  const args: TestArgument[] = [VECTOR, ...labels];
  const { series } = await overVectors(name, args);
  return series.map(({ labels }) => labels.get("i"));
}

Deno.test("sort() and sort_desc() put NaN last and leave histograms out", async () => {
  assertEquals(await order("sort"), ["b", "a10", "a1", "a2"]);
  assertEquals(await order("sort_desc"), ["a1", "a10", "b", "a2"]);
});

Deno.test("sort_by_label() sorts numbers in labels as numbers", async () => {
  assertEquals(await order("sort_by_label", "i"), ["a1", "a2", "a10", "b", "h"]);
  assertEquals(await order("sort_by_label_desc", "i"), ["h", "b", "a10", "a2", "a1"]);
  assertEquals((await order("sort_by_label", "j", "i")).at(-1), "a1");
});

Deno.test("sort() over time sorts nothing, and says so", async () => {
  const vector = [seriesOf({ i: "x" }, 2, 1), seriesOf({ i: "y" }, 1, 2)];
  const { series, warnings } = await overVectors("sort", [vector]);
  assertEquals(series.map(({ labels }) => labels.get("i")), ["x", "y"]);
  assertEquals(warnings, [
    "sort is ineffective for range queries since results are always ordered by labels",
  ]);
});

Deno.test("compareNaturally() compares texts by text and digits by number", () => {
  const sorted = ["", "1", "1a", "02", "10", "a", "a1b2", "a1b10", "b"];
  assertEquals([...sorted].reverse().sort(compareNaturally), sorted);
});
