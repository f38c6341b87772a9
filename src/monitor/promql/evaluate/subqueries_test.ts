import { assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import { ask, askRange } from "./query_fixture.ts";

const DATA = "load 0+1x20";

for (
  const { query, at, expected, why } of [
    {
      query: "load[3m:1m]",
      at: 600,
      expected: ["load 8@480 9@540 10@600"],
      why: "begins after its start",
    },
    {
      query: "load[3m:1m]",
      at: 610,
      expected: ["load 8@480 9@540 10@600"],
      why: "is at multiples of its step",
    },
    {
      query: "load[2m:]",
      at: 600,
      expected: ["load 9@540 10@600"],
      why: "has a step of a minute unless told otherwise",
    },
    {
      query: "load[2m:1m] offset 5m",
      at: 600,
      expected: ["load 4@240 5@300"],
      why: "moves by the offset",
    },
    { query: "load[2m:1m] @ 300", at: 900, expected: ["load 4@240 5@300"], why: "ends at an @" },
    {
      query: "max_over_time(sum_over_time(load[2m])[3m:1m])",
      at: 600,
      expected: ["{} 19"],
      why: "is what functions work on",
    },
    {
      query: "sum_over_time((load @ 60)[3m:1m])",
      at: 600,
      expected: ["{} 3"],
      why: "repeats what does not change",
    },
    {
      query: "sum_over_time(max_over_time(load[2m:1m])[2m:1m] offset 1m)",
      at: 600,
      expected: ["{} 17"],
      why: "may lie in another",
    },
  ]
) {
  Deno.test(`subquerySeries(): a subquery ${why}: ${query}`, async () => {
    assertEquals(await ask(DATA, query, { at }), expected);
  });
}

Deno.test("subquerySeries() covers the ranges of all outer steps", async () => {
  assertEquals(
    await askRange(DATA, "sum_over_time(load[2m:1m])", { from: 90, to: 210, step: 60 }),
    [
      "{} 1@90 3@150 5@210",
    ],
  );
});

Deno.test("subquerySeries() takes the engine's step where the query names none", async () => {
  const options = { at: 600, noStepSubqueryMs: (range: number) => range / 4 };
  assertEquals(await ask(DATA, "load[4m:]", options), ["load 7@420 8@480 9@540 10@600"]);
});

Deno.test("subquerySeries() refuses more steps than there is memory for, sample or not", async () => {
  for (const query of ["max_over_time(load[10y:1s])", "max_over_time((load or load)[100y:1m])"]) {
    await assertRejects(() => ask(DATA, query), QueryError, "too many samples");
  }
});
