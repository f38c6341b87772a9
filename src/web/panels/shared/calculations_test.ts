import { assertEquals } from "@std/assert";
import { calculate, calculationName } from "./calculations.ts";

const VALUES = [null, 4, 1, NaN, 3, null];
const CASES: readonly (readonly [string, number | null])[] = [
  ["last", null],
  ["lastNotNull", 3],
  ["first", null],
  ["firstNotNull", 4],
  ["mean", 8 / 3],
  ["sum", 8],
  ["min", 1],
  ["max", 4],
  ["range", 3],
  ["count", 3],
  ["diff", -1],
  ["diffperc", -0.25],
  ["delta", 3],
  ["median", 3],
  ["p99", 4],
  ["distinctCount", 3],
  ["changeCount", 2],
  ["allIsNull", 0],
  ["allIsZero", 0],
];

for (const [calculation, expected] of CASES) {
  Deno.test(`calculate() ${calculation} of values with gaps is ${expected}`, () => {
    assertEquals(calculate(VALUES, calculation), expected);
  });
}

Deno.test("calculate() of nothing is nothing", () => {
  assertEquals(calculate([null, NaN], "mean"), null);
  assertEquals(calculate([], "lastNotNull"), null);
  assertEquals(calculate([], "count"), 0);
});

Deno.test("calculationName() is what a legend's head says", () => {
  assertEquals(["lastNotNull", "mean", "p95"].map(calculationName), ["Last *", "Mean", "95th %"]);
});
