import { assertAlmostEquals, assertEquals } from "@std/assert";
import { histogram, overVectors, seriesOf } from "./functions_fixture.ts";
import { FUNCTIONS } from "./mod.ts";

const LATENCY = [["0.1", 5], ["0.5", 8], ["1", 10], ["+Inf", 12]] as const;
const VECTOR = LATENCY.map(([le, count]) => seriesOf({ __name__: "m_bucket", le }, count));

const CLASSIC: [number, number, number][] = [
  [-Infinity, Infinity, 1],
  [0, 0.1, 5 / 12],
  [0.05, 0.3, (6.5 - 2.5) / 12],
  [0.5, 0.1, 0],
  [-5, 0, 0],
  // Above the last bound nothing can be told apart.
  [1, 100, 0],
  [1, Infinity, 2 / 12],
  [NaN, 1, NaN],
];

for (const [lower, upper, expected] of CLASSIC) {
  Deno.test(`histogram_fraction() from ${lower} to ${upper} is ${expected}`, async () => {
    const { values } = await overVectors("histogram_fraction", [lower, upper, VECTOR]);
    assertAlmostEquals(values["{}"]?.[0] as number, expected, 1e-12);
  });
}

Deno.test("histogram_fraction() begins at -Inf where the first bucket ends at zero or below", async () => {
  const vector = [seriesOf({ le: "-1" }, 3), seriesOf({ le: "+Inf" }, 4)];
  const { values } = await overVectors("histogram_fraction", [-Infinity, -2, vector]);
  assertEquals(values, { "{}": [0.75] });
});

Deno.test("histogram_fraction() of no observations, or without +Inf, is NaN", async () => {
  const empty = [seriesOf({ le: "1" }, 0), seriesOf({ le: "+Inf" }, 0)];
  assertEquals((await overVectors("histogram_fraction", [0, 1, empty])).values, { "{}": [NaN] });
  const open = [seriesOf({ le: "1" }, 1), seriesOf({ le: "2" }, 2)];
  assertEquals((await overVectors("histogram_fraction", [0, 1, open])).values, { "{}": [NaN] });
});

const NATIVE = histogram("schema:0 count:4 sum:6 buckets:[2 2]");

Deno.test("histogram_fraction() takes native histograms", async () => {
  const { values } = await overVectors("histogram_fraction", [1, 2, [seriesOf({}, NATIVE)]]);
  assertEquals(values, { "{}": [0.5] });
});

Deno.test("histogram_count() and the like measure native histograms, and no numbers", () => {
  const notes = { warn: () => {}, info: () => {} };
  const cases: [string, number][] = [
    ["histogram_count", 4],
    ["histogram_sum", 6],
    ["histogram_avg", 1.5],
  ];
  for (const [name, expected] of cases) {
    const implementation = FUNCTIONS.get(name);
    if (implementation?.kind !== "sample") throw new TypeError(`${name}() takes no sample`);
    assertEquals(implementation.evaluate(NATIVE, [], notes), expected);
    assertEquals(implementation.evaluate(1, [], notes), undefined);
  }
});
