import { assertAlmostEquals, assertEquals } from "@std/assert";
import { every10s, histogram, overRange, type TestSample } from "./functions_fixture.ts";

const GAUGE = every10s(3, 1, 4, 1, 5, 9);

// The first four are of a real Prometheus 3.10.
const CASES: [string, TestSample[], number[], number | undefined][] = [
  ["stddev_over_time", GAUGE, [], 2.733536577809454],
  ["mad_over_time", GAUGE, [], 2],
  ["quantile_over_time", every10s(3, 1, 4, 1, 5, 9, NaN), [0.3], 1],
  ["quantile_over_time", GAUGE, [0.5], 3.5],
  ["stdvar_over_time", every10s(1, 3), [], 1],
  ["stdvar_over_time", every10s(1e9, 1e9 + 2), [], 1],
  ["stdvar_over_time", every10s(7), [], 0],
  ["stdvar_over_time", every10s(1, Infinity), [], NaN],
  ["mad_over_time", every10s(1, NaN), [], NaN],
  ["quantile_over_time", GAUGE, [0], 1],
  // Prometheus 3.16; up to 3.10 it was NaN.
  ["quantile_over_time", every10s(1, 2, Infinity), [0.5], 2],
  ["quantile_over_time", every10s(1, 2, Infinity), [0.75], Infinity],
  ["quantile_over_time", GAUGE, [1], 9],
];

for (const [name, samples, scalars, expected] of CASES) {
  const values = samples.map(([, value]) => value);
  Deno.test(`${name}() ${scalars} of ${values.join(" ")} is ${expected}`, () => {
    const { value } = overRange(name, samples, { scalars });
    if (expected === undefined) assertEquals(value, undefined);
    else assertAlmostEquals(value as number, expected, 1e-12);
  });
}

Deno.test("quantile_over_time() of what is no quantile is infinite, with a warning", () => {
  const cases: [number, number][] = [[-1, -Infinity], [1.5, Infinity]];
  for (const [quantile, expected] of cases) {
    const { value, warnings } = overRange("quantile_over_time", GAUGE, { scalars: [quantile] });
    assertEquals(value, expected);
    assertEquals(warnings, [`quantile value should be between 0 and 1, got ${quantile}`]);
  }
  assertEquals(overRange("quantile_over_time", GAUGE, { scalars: [NaN] }).value, NaN);
});

Deno.test("quantile_over_time() does not change the samples", () => {
  const samples = every10s(3, 1, 2);
  overRange("quantile_over_time", samples, { scalars: [0.5] });
  assertEquals(overRange("last_over_time", samples).value, 2);
});

Deno.test("stddev_over_time() needs a number", () => {
  const { value, infos } = overRange("stddev_over_time", every10s(histogram("count:1 sum:1")));
  assertEquals(value, undefined);
  assertEquals(infos, []);
});
