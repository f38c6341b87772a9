import { assertEquals, assertStrictEquals } from "@std/assert";
import { align } from "./align.ts";
import { drawable } from "./nulls.ts";

const series = (times: number[], values: (number | null)[]) => ({
  refId: "A",
  name: "a",
  labels: {},
  times,
  values,
});

Deno.test("align() takes series of the same times as they are", () => {
  const values = [1, null];
  const aligned = align([series([0, 10], values), series([0, 10], [3, 4])]);
  assertEquals(aligned.times, [0, 10]);
  assertStrictEquals(aligned.values[0], values);
});

Deno.test("align() merges other times: a series has nothing to say at those of others", () => {
  assertEquals(align([series([0, 20], [1, null]), series([10, 20], [3, 4])]), {
    times: [0, 10, 20],
    values: [[1, undefined, null], [undefined, 3, 4]],
  });
});

Deno.test("align() of nothing is nothing", () => {
  assertEquals(align([]), { times: [], values: [] });
});

const TIMES = [0, 10, 20, 30, 40, 50];

Deno.test("drawable() leaves gaps open, and makes gaps of what is no number", () => {
  assertEquals(drawable([1, NaN, null, Infinity, 5, undefined], TIMES, false), [
    1,
    null,
    null,
    null,
    5,
    undefined,
  ]);
});

Deno.test("drawable() spans all gaps between values, but none at the ends", () => {
  assertEquals(drawable([null, 1, null, null, 2, null], TIMES, true), [
    null,
    1,
    undefined,
    undefined,
    2,
    null,
  ]);
});

Deno.test("drawable() spans gaps up to a length", () => {
  assertEquals(drawable([1, null, 2, null, null, 3], TIMES, 20), [1, undefined, 2, null, null, 3]);
});
