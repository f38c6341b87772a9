import { assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import { power } from "./arithmetic.ts";
import { ask } from "./query_fixture.ts";

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

Deno.test("scalarOperation() refuses operators that are for histograms only", async () => {
  await assertRejects(
    () => ask("", "1 </ 2"),
    QueryError,
    'operator "</" not allowed for Scalar operations',
  );
});
