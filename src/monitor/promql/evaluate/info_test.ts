import { assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import { ask, askRange } from "./query_fixture.ts";

const DATA = `
  load{instance="1",job="a"} 1 2 3 4
  load{instance="2",job="a"} 5 6 7 8
  load{zone="z"} 9 9 9 9
  target_info{instance="1",job="a",version="old"} 1 1 stale
  target_info{instance="1",job="a",version="new"} _ _ 1 1
  build_info{instance="2",job="a",commit="c0ffee"} 1 1 1 1
`;

for (
  const { query, expected } of [
    {
      query: "info(load)",
      expected: [
        'load{instance="1", job="a", version="old"} 1',
        'load{instance="2", job="a"} 5',
        'load{zone="z"} 9',
      ],
    },
    {
      query: 'info(load, {__name__="build_info"})',
      expected: [
        'load{instance="1", job="a"} 1',
        'load{commit="c0ffee", instance="2", job="a"} 5',
        'load{zone="z"} 9',
      ],
    },
    {
      query: 'info(load, {version=~".+"})',
      expected: ['load{instance="1", job="a", version="old"} 1'],
    },
    {
      query: "info(target_info)",
      expected: ['target_info{instance="1", job="a", version="old"} 1'],
    },
  ]
) {
  Deno.test(`infoCall(): ${query}`, async () => {
    assertEquals(await ask(DATA, query, { at: 0 }), expected);
  });
}

Deno.test("infoCall() follows info series that change", async () => {
  assertEquals(await askRange(DATA, 'info(load{instance="1"})', { to: 180 }), [
    'load{instance="1", job="a", version="new"} 3@120 4@180',
    'load{instance="1", job="a", version="old"} 1@0 2@60',
  ]);
});

Deno.test("infoCall() looks at the time that the vector speaks of", async () => {
  assertEquals(await ask(DATA, 'info(load{instance="1"} @ 60)', { at: 180 }), [
    'load{instance="1", job="a", version="old"} 2',
  ]);
});

Deno.test("infoCall() refuses two info series of the same target and time", async () => {
  const data = `
    load{instance="1",job="a"} 1
    target_info{instance="1",job="a",version="1"} 1
    target_info{instance="1",job="a",version="2"} 1
  `;
  const error = await assertRejects(() => ask(data, "info(load)", { at: 0 }), QueryError);
  assertEquals(
    error.message,
    "found duplicate series for info metric: existing " +
      '{__name__="target_info", instance="1", job="a", version="1"} @ 0, new ' +
      '{__name__="target_info", instance="1", job="a", version="2"} @ 0',
  );
});
