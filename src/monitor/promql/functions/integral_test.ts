import { assertEquals } from "@std/assert";
import { every10s, overRange } from "./functions_fixture.ts";

const CASES: [string, ReturnType<typeof every10s>, number | undefined, number][] = [
  ["the trapezoids by default", every10s(1, 2, 4), undefined, 45],
  ["values of the left with 0", every10s(1, 2, 4), 0, 30],
  ["values of the right with 1", every10s(1, 2, 4), 1, 60],
  ["uneven distances", [[0, 2], [1, 4], [11, 4]], undefined, 43],
  ["NaN as 0", every10s(NaN, 6, NaN), undefined, 60],
  ["0 of a single sample", every10s(5), undefined, 0],
  ["without overflow", [[0, 1e308], [1, 1e308]], undefined, 1e308],
  ["beside a huge value", every10s(0, 1, 1e100, 1, -1e100, 1, 0), undefined, 30],
  ["infinities", every10s(1, Infinity), undefined, Infinity],
];

for (const [what, samples, strategy, expected] of CASES) {
  Deno.test(`integral() takes ${what}`, () => {
    const scalars = strategy === undefined ? [NaN] : [NaN, strategy];
    assertEquals(overRange("integral", samples, { scalars }).value, expected);
  });
}

Deno.test("integral() warns of a strategy that it does not know, and takes trapezoids", () => {
  const { value, warnings } = overRange("integral", every10s(1, 2, 4), { scalars: [NaN, 3] });
  assertEquals(value, 45);
  assertEquals(warnings, [
    "integral strategy should be 0 (left), 1 (right) or 2 (trapezoid), got 3",
  ]);
});
