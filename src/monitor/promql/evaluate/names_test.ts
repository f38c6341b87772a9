import { assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import { ask, askRange } from "./query_fixture.ts";

const DATA = `
  a_total{job="x"} 1
  b_total{job="x"} 2
`;

for (
  const { query, atOnce, delayed } of [
    { query: "a_total + 1", atOnce: ['{job="x"} 2'], delayed: ['{job="x"} 2'] },
    {
      query: "label_replace(a_total + 1, 'name', '$1', '__name__', '(.*)')",
      atOnce: ['{job="x"} 2'],
      delayed: ['{job="x", name="a_total"} 2'],
    },
    {
      query: 'sum by (__name__) (abs({__name__="a_total"}))',
      atOnce: ["{} 1"],
      delayed: ["{} 1"],
    },
    { query: "topk(1, abs(a_total))", atOnce: ['{job="x"} 1'], delayed: ['{job="x"} 1'] },
    {
      query: "last_over_time(a_total[1m])",
      atOnce: ['a_total{job="x"} 1'],
      delayed: ['a_total{job="x"} 1'],
    },
    { query: "a_total > 0", atOnce: ['a_total{job="x"} 1'], delayed: ['a_total{job="x"} 1'] },
  ]
) {
  Deno.test(`removeDelayedNames() and withoutName() leave ${query} as Prometheus does`, async () => {
    assertEquals(await ask(DATA, query, { at: 0 }), atOnce);
    assertEquals(await ask(DATA, query, { at: 0, delayedNameRemoval: true }), delayed);
  });
}

Deno.test("mergeSameLabels() refuses two values of the same series at a step", async () => {
  const query = '-{__name__=~".+_total"}';
  for (const delayedNameRemoval of [false, true]) {
    const error = await assertRejects(
      () => ask(DATA, query, { at: 0, delayedNameRemoval }),
      QueryError,
    );
    assertEquals(error.message, "vector cannot contain metrics with the same labelset");
  }
});

Deno.test("mergeSameLabels() joins series that have values at different steps", async () => {
  const data = `
    a_total 1 2 stale
    b_total _ _ 3 4
  `;
  const query = '-{__name__=~".+_total"}';
  for (const delayedNameRemoval of [false, true]) {
    assertEquals(await askRange(data, query, { to: 180, delayedNameRemoval }), [
      "{} -1@0 -2@60 -3@120 -4@180",
    ]);
  }
});

Deno.test("withoutName() takes the type and the unit too", async () => {
  assertEquals(await ask('x{__type__="gauge",__unit__="s",job="a"} 1', "-x", { at: 0 }), [
    '{job="a"} -1',
  ]);
});
