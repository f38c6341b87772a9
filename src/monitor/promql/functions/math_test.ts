import { assertAlmostEquals, assertEquals } from "@std/assert";
import { FUNCTIONS } from "./mod.ts";
import { maxOf, minOf } from "./math.ts";

function evaluate(name: string, value: number): number {
  const implementation = FUNCTIONS.get(name);
  if (implementation?.kind !== "number") throw new TypeError(`${name}() takes no number`);
  return implementation.evaluate(value, []);
}

Deno.test("functions of one number are those of mathematics", () => {
  const cases: [string, number, number][] = [
    ["abs", -2, 2],
    ["ceil", 1.2, 2],
    ["floor", -1.2, -2],
    ["exp", 1, Math.E],
    ["sqrt", 9, 3],
    ["ln", Math.E, 1],
    ["log2", 8, 3],
    ["log10", 1000, 3],
    ["sin", Math.PI / 2, 1],
    ["cos", Math.PI, -1],
    ["tan", Math.PI / 4, 1],
    ["asin", 1, Math.PI / 2],
    ["acos", 1, 0],
    ["atan", 1, Math.PI / 4],
    ["sinh", 1, (Math.E - 1 / Math.E) / 2],
    ["cosh", 1, (Math.E + 1 / Math.E) / 2],
    ["tanh", 0.5, (Math.E - 1) / (Math.E + 1)],
    ["asinh", 2, 1.4436354751788103],
    ["acosh", 1, 0],
    ["atanh", 0.5, Math.log(3) / 2],
    ["rad", 180, Math.PI],
    ["deg", Math.PI, 180],
    ["sgn", -7, -1],
    ["sgn", 0.5, 1],
    ["sgn", NaN, NaN],
    ["ln", 0, -Infinity],
    ["sqrt", -1, NaN],
  ];
  for (const [name, value, expected] of cases) {
    const found = evaluate(name, value);
    if (Number.isFinite(expected)) assertAlmostEquals(found, expected, 1e-12, name);
    else assertEquals(found, expected, name);
  }
});

Deno.test("maxOf() and minOf() let an infinity win over NaN, as Go does", () => {
  assertEquals(maxOf(NaN, Infinity), Infinity);
  assertEquals(maxOf(NaN, 1), NaN);
  assertEquals(minOf(-Infinity, NaN), -Infinity);
  assertEquals(minOf(2, 1), 1);
});
