import { assertEquals } from "@std/assert";
import { spansOf } from "./spans.ts";

const OPTIONS = { step: 10, merge: true, stateOf: String };

Deno.test("spansOf() joins equal values, and leaves gaps", () => {
  assertEquals(spansOf([0, 10, 20, 30, 40], [1, 1, 0, null, 1], OPTIONS), [
    { from: 0, to: 20, value: 1 },
    { from: 20, to: 30, value: 0 },
    { from: 40, to: 50, value: 1 },
  ]);
});

Deno.test("spansOf() joins different values of one state", () => {
  const stateOf = (value: unknown) => Number(value) > 0 ? "up" : "down";
  assertEquals(spansOf([0, 10], [1, 2], { ...OPTIONS, stateOf }).length, 1);
});

Deno.test("spansOf() keeps every value on its own where nothing is joined", () => {
  assertEquals(spansOf([0, 10], [1, 1], { ...OPTIONS, merge: false }).length, 2);
});

Deno.test("spansOf() does not let a value last into a gap between steps", () => {
  assertEquals(spansOf([0, 100], [1, 1], OPTIONS).map(({ to }) => to), [10, 110]);
});
