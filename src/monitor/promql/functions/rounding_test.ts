import { assertEquals } from "@std/assert";
import type { FloatHistogram } from "../../histogram/mod.ts";
import type { FunctionValue } from "./function.ts";
import { histogram } from "./functions_fixture.ts";
import { FUNCTIONS } from "./mod.ts";

function evaluate(name: string, value: number | FloatHistogram, ...scalars: number[]) {
  const implementation = FUNCTIONS.get(name);
  const notes = { warn: () => {}, info: () => {} };
  const all = [NaN, ...scalars];
  if (implementation?.kind === "sample") return implementation.evaluate(value, all, notes);
  if (implementation?.kind === "number" && typeof value === "number") {
    return implementation.evaluate(value, all);
  }
  throw new TypeError(`${name}() takes no such value`);
}

const CASES: [string, number[], FunctionValue][] = [
  ["round", [2.5], 3],
  ["round", [-2.5], -2],
  ["round", [7.3, 5], 5],
  ["round", [NaN], NaN],
  ["clamp", [5, 1, 3], 3],
  ["clamp", [5, 3, 1], undefined],
  ["clamp", [-5, -1, Infinity], -1],
  ["clamp", [1, NaN, 3], NaN],
  ["clamp_min", [1, 2], 2],
  ["clamp_min", [NaN, Infinity], Infinity],
  ["clamp_max", [1, -2], -2],
];

for (const [name, [value = NaN, ...scalars], expected] of CASES) {
  Deno.test(`${name}(${[value, ...scalars].join(", ")}) is ${expected}`, () => {
    assertEquals(evaluate(name, value, ...scalars), expected);
  });
}

Deno.test("clamp() has no result for histograms", () => {
  assertEquals(evaluate("clamp", histogram("schema:0 count:1 sum:1"), 0, 1), undefined);
});
