import { assertEquals } from "@std/assert";
import { formatApiFloat, formatCompactFloat, formatFloat } from "./format_float.ts";

const CASES: readonly [value: number, plain: string, api: string, compact: string][] = [
  [0, "0", "0", "0"],
  [-0, "-0", "-0", "-0"],
  [1, "1", "1", "1"],
  [-1.5, "-1.5", "-1.5", "-1.5"],
  [0.1 + 0.2, "0.30000000000000004", "0.30000000000000004", "0.30000000000000004"],
  [100000, "100000", "100000", "100000"],
  [1234567, "1234567", "1234567", "1.234567e+06"],
  [1e20, "100000000000000000000", "100000000000000000000", "1e+20"],
  [1e21, "1000000000000000000000", "1e+21", "1e+21"],
  [0.0001, "0.0001", "0.0001", "0.0001"],
  [0.000012, "0.000012", "0.000012", "1.2e-05"],
  [1e-7, "0.0000001", "1e-07", "1e-07"],
  [-2.5e-9, "-0.0000000025", "-2.5e-09", "-2.5e-09"],
  [NaN, "NaN", "NaN", "NaN"],
  [Infinity, "+Inf", "+Inf", "+Inf"],
  [-Infinity, "-Inf", "-Inf", "-Inf"],
];

Deno.test("formatFloat() and its kin write the shortest decimal, with exponents where Prometheus has them", () => {
  for (const [value, plain, api, compact] of CASES) {
    assertEquals([formatFloat(value), formatApiFloat(value), formatCompactFloat(value)], [
      plain,
      api,
      compact,
    ]);
  }
});

Deno.test("formatFloat() writes the smallest and the largest number so that they read back", () => {
  for (const value of [Number.MIN_VALUE, Number.MAX_VALUE, 2 ** -128]) {
    assertEquals(Number(formatFloat(value)), value);
    assertEquals(Number(formatApiFloat(value)), value);
  }
});
