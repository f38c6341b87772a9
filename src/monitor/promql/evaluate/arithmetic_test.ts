import { assertEquals } from "@std/assert";
import { power } from "./arithmetic.ts";

for (
  const [base, exponent, expected] of [
    [2, 10, 1024],
    [1, NaN, 1],
    [1, Infinity, 1],
    [-1, -Infinity, 1],
    [NaN, 0, 1],
    [-8, 1 / 3, NaN],
  ] as const
) {
  Deno.test(`power(${base}, ${exponent}) is ${expected}`, () => {
    assertEquals(power(base, exponent), expected);
  });
}
