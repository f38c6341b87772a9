import { assertEquals } from "@std/assert";
import type { Point } from "./align.ts";
import { stack } from "./stacks.ts";

const member = (
  row: readonly Point[],
  mode: "none" | "normal" | "percent" = "normal",
  hidden = false,
) => ({ row, stacking: { mode, group: "A" }, group: "y", hidden });

Deno.test("stack() puts rows on each other, and says which lies on which", () => {
  const { rows, below } = stack([member([1, 2]), member([10, 20]), member([100, 200])]);
  assertEquals(rows, [[1, 2], [11, 22], [111, 222]]);
  assertEquals(below, [undefined, 0, 1]);
});

Deno.test("stack() leaves out what is hidden and what is not stacked", () => {
  const { rows, below } = stack([
    member([1]),
    member([5], "normal", true),
    member([7], "none"),
    member([2]),
  ]);
  assertEquals(rows, [[1], [5], [7], [3]]);
  assertEquals(below, [undefined, undefined, undefined, 0]);
});

Deno.test("stack() keeps gaps, which count as nothing for those above", () => {
  assertEquals(stack([member([1, null, undefined]), member([1, 1, 1])]).rows, [
    [1, null, undefined],
    [2, 1, 1],
  ]);
});

Deno.test("stack() takes shares of the sum in percent, and zero where the sum is zero", () => {
  assertEquals(stack([member([1, 0], "percent"), member([3, 0], "percent")]).rows, [
    [0.25, 0],
    [1, 0],
  ]);
});

Deno.test("stack() puts what is below zero downwards", () => {
  const { rows, below } = stack([member([5]), member([-2]), member([-3])]);
  assertEquals(rows, [[5], [-2], [-5]]);
  assertEquals(below, [undefined, undefined, 1]);
});
