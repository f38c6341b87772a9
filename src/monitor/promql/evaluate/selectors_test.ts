import { assertEquals } from "@std/assert";
import { ask, askRange } from "./query_fixture.ts";
import { fixtureStorage } from "./storage_fixture.ts";

const DATA = `
  up{job="a"} 1 2 3 stale _ 6
  up{job="b"} 10
  up{job="c"} _x9 20
`;

for (
  const { query, at, expected, why } of [
    {
      query: "up",
      at: 0,
      expected: ['up{job="a"} 1', 'up{job="b"} 10'],
      why: "a sample of the same time",
    },
    {
      query: "up",
      at: 119,
      expected: ['up{job="a"} 2', 'up{job="b"} 10'],
      why: "the last sample before",
    },
    { query: "up", at: 180, expected: ['up{job="b"} 10'], why: "nothing from a stale marker on" },
    {
      query: "up",
      at: 299,
      expected: ['up{job="b"} 10'],
      why: "samples younger than the look-back",
    },
    { query: "up", at: 300, expected: ['up{job="a"} 6'], why: "no sample as old as the look-back" },
    {
      query: 'up{job="a"} offset 4m',
      at: 300,
      expected: ['up{job="a"} 2'],
      why: "the time before the offset",
    },
    {
      query: 'up{job="c"} offset -3m',
      at: 300,
      expected: [],
      why: "nothing where there is nothing yet",
    },
    {
      query: 'up{job="c"} offset -4m',
      at: 300,
      expected: ['up{job="c"} 20'],
      why: "the time after a negative offset",
    },
    { query: 'up{job="a"} @ 60', at: 3000, expected: ['up{job="a"} 2'], why: "the time of an @" },
    {
      query: 'up{job="a"} @ 120 offset 1m',
      at: 3000,
      expected: ['up{job="a"} 2'],
      why: "the offset from an @",
    },
    {
      query: 'up{job="a"} @ start()',
      at: 120,
      expected: ['up{job="a"} 3'],
      why: "the query's own time",
    },
    {
      query: 'up{job="a"} smoothed',
      at: 90,
      expected: ['up{job="a"} 2.5'],
      why: "a value in between",
    },
    {
      query: 'up{job="a"} smoothed',
      at: 500,
      expected: ['up{job="a"} 6'],
      why: "the last value, smoothed",
    },
  ]
) {
  Deno.test(`selectorVector() gives ${why}: ${query} at ${at}`, async () => {
    assertEquals(await ask(DATA, query, { at }), expected);
  });
}

Deno.test("selectorVector() takes another look-back", async () => {
  assertEquals(await ask(DATA, 'up{job="b"}', { at: 60, lookbackMs: 60_000 }), []);
  assertEquals(await ask(DATA, 'up{job="b"}', { at: 59, lookbackMs: 60_000 }), ['up{job="b"} 10']);
});

Deno.test("selectorVector() gives a value at each step that has one", async () => {
  assertEquals(await askRange(DATA, "up", { to: 360 }), [
    'up{job="a"} 1@0 2@60 3@120 6@300 6@360',
    'up{job="b"} 10@0 10@60 10@120 10@180 10@240',
  ]);
});

Deno.test("selectorVector() has the same value at every step where there is an @", async () => {
  assertEquals(await askRange(DATA, 'up{job="a"} @ end()', { to: 120, step: 30 }), [
    'up{job="a"} 3@0 3@30 3@60 3@90 3@120',
  ]);
});

Deno.test("selectorTimes() gives the times of samples, not those of steps", async () => {
  assertEquals(await askRange(DATA, 'timestamp(up{job="a"})', { to: 100, step: 50 }), [
    '{job="a"} 0@0 0@50 60@100',
  ]);
  assertEquals(await askRange(DATA, 'timestamp(-up{job="a"})', { to: 100, step: 50 }), [
    '{job="a"} 0@0 50@50 100@100',
  ]);
});

Deno.test("selectSeries() reads a selector once that comes twice", async () => {
  const storage = fixtureStorage(DATA);
  let reads = 0;
  const counting = {
    ...storage,
    select: (...args: Parameters<typeof storage.select>) => {
      reads++;
      return storage.select(...args);
    },
  };
  await ask(counting, "up + up");
  assertEquals(reads, 1);
});
