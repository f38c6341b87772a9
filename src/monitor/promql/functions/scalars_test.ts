import { assertEquals } from "@std/assert";
import { Pace } from "../../pace.ts";
import type { StepSeries } from "../value.ts";
import { histogram, overVectors, seriesOf } from "./functions_fixture.ts";
import { FUNCTIONS } from "./mod.ts";

async function scalar(
  name: string,
  vector: StepSeries[],
  scalars: number[] = [],
): Promise<number[]> {
  const implementation = FUNCTIONS.get(name);
  if (implementation?.kind !== "scalar") throw new TypeError(`${name}() gives no scalar`);
  return [
    ...await implementation.evaluate({
      steps: { start: 5_000, end: 20_000, step: 15_000, count: 2 },
      arguments: [],
      string: () => "",
      scalar: (index) => new Float64Array(2).fill(scalars[index] ?? NaN),
      vector: () => vector,
      pace: new Pace(),
      delayedNameRemoval: false,
      warn: () => {},
      info: () => {},
    }),
  ];
}

Deno.test("time(), pi(), min_of() and max_of() give a number a step", async () => {
  assertEquals(await scalar("time", []), [5, 20]);
  assertEquals(await scalar("pi", []), [Math.PI, Math.PI]);
  assertEquals(await scalar("min_of", [], [3, 2]), [2, 2]);
  assertEquals(await scalar("max_of", [], [3, NaN]), [NaN, NaN]);
});

Deno.test("scalar() is the only number of a vector", async () => {
  const count1 = histogram("schema:0 count:1 sum:1");
  assertEquals(await scalar("scalar", [seriesOf({}, 4, undefined)]), [4, NaN]);
  assertEquals(await scalar("scalar", [seriesOf({ a: "1" }, 4, 5), seriesOf({}, undefined, 6)]), [
    4,
    NaN,
  ]);
  assertEquals(await scalar("scalar", [seriesOf({ a: "1" }, 4, 5), seriesOf({}, count1, count1)]), [
    4,
    5,
  ]);
});

Deno.test("vector() makes a scalar a series without labels", async () => {
  const { values } = await overVectors("vector", [Float64Array.of(1, NaN)]);
  assertEquals(values, { "{}": [1, NaN] });
});
