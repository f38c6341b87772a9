import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { QueryError } from "../errors.ts";
import { every10s, histogram, overRange } from "./functions_fixture.ts";

const GAUGE = every10s(3, 1, 4, 1, 5, 9);

Deno.test("deriv(), predict_linear() and double_exponential_smoothing() agree with Prometheus", () => {
  // Values of a real Prometheus 3.10.
  const cases: [string, number, number[], number][] = [
    ["deriv", 50, [], 0.11142857142857143],
    ["predict_linear", 53, [NaN, 60], 13.63904761904762],
    ["double_exponential_smoothing", 50, [NaN, 0.3, 0.6], 3.472352],
  ];
  for (const [name, end, scalars, expected] of cases) {
    const { value } = overRange(name, GAUGE, { end, range: 55, scalars });
    assertAlmostEquals(value as number, expected, 1e-12, name);
  }
});

Deno.test("deriv() of a level line is zero, of an infinite one NaN", () => {
  assertEquals(overRange("deriv", every10s(5, 5, 5)).value, 0);
  assertEquals(overRange("deriv", every10s(Infinity, Infinity)).value, NaN);
});

Deno.test("predict_linear() begins at the time of the step, not at the end of the range", () => {
  const { value } = overRange("predict_linear", every10s(0, 10, 20), {
    scalars: [NaN, 5],
    time: 100,
  });
  assertAlmostEquals(value as number, 105, 1e-9);
});

Deno.test("deriv() needs two numbers, and says so of histograms beside one", () => {
  const { value, infos } = overRange("deriv", every10s(1, histogram("count:1 sum:1")));
  assertEquals(value, undefined);
  assertEquals(infos.length, 1);
});

Deno.test("double_exponential_smoothing() wants factors between 0 and 1", () => {
  assertThrows(
    () => overRange("double_exponential_smoothing", GAUGE, { scalars: [NaN, 0, 0.5] }),
    QueryError,
    "invalid smoothing factor. Expected: 0 < sf < 1, got: 0.000000",
  );
  assertThrows(
    () => overRange("double_exponential_smoothing", GAUGE, { scalars: [NaN, 0.5, 1] }),
    QueryError,
    "invalid trend factor. Expected: 0 < tf < 1, got: 1.000000",
  );
});
