import { assertEquals } from "@std/assert";
import { formatOpenMetrics, formatTwoDigits, parseGoFloat } from "./go_numbers.ts";

Deno.test("formatTwoDigits() writes what Go's %.2g does", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [1, "1"],
    [2.5, "2.5"],
    [10, "10"],
    [99.6, "1e+02"],
    [123, "1.2e+02"],
    [0.012345, "0.012"],
    [0.00001234, "1.2e-05"],
  ];
  for (const [value, expected] of cases) assertEquals(formatTwoDigits(value), expected);
});

Deno.test("formatOpenMetrics() always shows that a number is not whole", () => {
  const cases: [number, string][] = [
    [1, "1.0"],
    [0, "0.0"],
    [-3, "-3.0"],
    [0.95, "0.95"],
    [1e-5, "1e-05"],
    [1e6, "1e+06"],
    [Infinity, "+Inf"],
    [-Infinity, "-Inf"],
    [NaN, "NaN"],
  ];
  for (const [value, expected] of cases) assertEquals(formatOpenMetrics(value), expected);
});

Deno.test("parseGoFloat() takes what Go takes", () => {
  const cases: [string, number | undefined][] = [
    ["+Inf", Infinity],
    ["-infinity", -Infinity],
    ["nan", NaN],
    ["1", 1],
    [".5", 0.5],
    ["1.", 1],
    ["1e3", 1000],
    ["-2.5E-1", -0.25],
    ["", undefined],
    [" 1", undefined],
    ["1e", undefined],
    ["abc", undefined],
    ["1e999", undefined],
  ];
  for (const [text, expected] of cases) assertEquals(parseGoFloat(text), expected, text);
});
