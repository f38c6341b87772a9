import { assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import { ask, askNotes, askRange } from "./query_fixture.ts";
import { fixtureStorage } from "./storage_fixture.ts";

const DATA = `
  requests_total{job="a"} 0+60x10
  requests_total{job="b"} 0+120x3 stale
  temperature{room="1"} 1 2 _ 4
`;

for (
  const { query, at, expected, why } of [
    {
      query: "count_over_time(temperature[3m])",
      at: 180,
      expected: ['{room="1"} 2'],
      why: "leaves out the sample at its start",
    },
    {
      query: "count_over_time(temperature[3m] offset 1m)",
      at: 240,
      expected: ['{room="1"} 2'],
      why: "moves by the offset",
    },
    {
      query: "sum_over_time(temperature[10m] @ 60)",
      at: 900,
      expected: ['{room="1"} 3'],
      why: "ends at an @",
    },
    {
      query: 'count_over_time(requests_total{job="b"}[10m])',
      at: 300,
      expected: ['{job="b"} 4'],
      why: "does not count stale markers",
    },
    {
      query: "last_over_time(temperature[10m])",
      at: 180,
      expected: ['temperature{room="1"} 4'],
      why: "keeps the name of what is a sample itself",
    },
    {
      query: "quantile_over_time(0.5, temperature[10m])",
      at: 180,
      expected: ['{room="1"} 2'],
      why: "takes a scalar beside it",
    },
    {
      query: 'rate(requests_total{job="a"}[5m])',
      at: 300,
      expected: ['{job="a"} 1'],
      why: "is left open",
    },
    {
      query: "temperature[2m]",
      at: 180,
      expected: ['temperature{room="1"} 4@180'],
      why: "is a result itself",
    },
    {
      query: "temperature[3m] anchored",
      at: 180,
      expected: ['temperature{room="1"} 1@0 2@60 4@180'],
      why: "has a sample at either end if anchored",
    },
  ]
) {
  Deno.test(`rangeCall(): a range ${why}: ${query}`, async () => {
    assertEquals(await ask(DATA, query, { at }), expected);
  });
}

const MANY = 200_000;
const LONG = fixtureStorage(`long 0 stale _ 3+1x${MANY - 4}`, { stepMs: 1000 });

for (
  const [query, expected] of [
    [`count_over_time(long[${MANY}s])`, MANY - 2],
    [`quantile_over_time(0, long[${MANY - 2}s])`, 3],
    [`increase(long[${MANY - 2}s] anchored)`, MANY - 1],
    [`rate(long[${MANY - 3}s] smoothed)`, (MANY - 1 - 2) / (MANY - 3)],
  ] as const
) {
  Deno.test(`rangeCall() goes through a range of very many samples: ${query}`, async () => {
    assertEquals(await ask(LONG, query, { at: MANY - 1 }), [`{} ${expected}`]);
  });
}

for (const extension of ["anchored", "smoothed"]) {
  Deno.test(`extendedSamples() gives very many samples where the range is ${extension}`, async () => {
    const [line = ""] = await ask(LONG, `long[${MANY - 3}s] ${extension}`, { at: MANY - 1 });
    const samples = line.split(" ");
    const first = extension === "anchored" ? "0@2" : "2@2";
    assertEquals([samples.length, samples[1], samples[2], samples.at(-1)], [
      MANY - 1,
      first,
      "3@3",
      `${MANY - 1}@${MANY - 1}`,
    ]);
  });
}

Deno.test("rangeCall() moves its window over the steps", async () => {
  assertEquals(await askRange(DATA, "sum_over_time(temperature[2m])", { to: 300 }), [
    '{room="1"} 1@0 3@60 2@120 4@180 4@240',
  ]);
});

Deno.test("rangeCall() evaluates scalar arguments at each step", async () => {
  assertEquals(
    await askRange(DATA, "predict_linear(requests_total{job='a'}[3m], time())", {
      from: 120,
      to: 180,
    }),
    ['{job="a"} 240@120 360@180'],
  );
});

Deno.test("rangeCall() gives the same window to every step where there is an @", async () => {
  assertEquals(await askRange(DATA, "sum_over_time(temperature[2m] @ 60)", { to: 120 }), [
    '{room="1"} 3@0 3@60 3@120',
  ]);
});

Deno.test("rangeCall() refuses series that are the same without their names", async () => {
  const error = await assertRejects(
    () =>
      ask("a{x='1'} 1\nb{x='1'} 2", 'last_over_time({x="1"}[1m]) and max_over_time({x="1"}[5m])', {
        at: 0,
      }),
    QueryError,
  );
  assertEquals(error.message, "vector cannot contain metrics with the same labelset");
});

Deno.test("rangeCall() refuses an extension that the function does not know", async () => {
  const error = await assertRejects(() => ask(DATA, "deriv(temperature[5m] smoothed)"), QueryError);
  assertEquals(
    error.message,
    "smoothed modifier can only be used with: delta, increase, rate - not with deriv",
  );
});

Deno.test("rangeCall() says where a rate is asked of what does not look like a counter", async () => {
  assertEquals(await askNotes(DATA, "1 + rate(temperature[10m])"), [
    "PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: " +
    '"temperature" (1:10)',
  ]);
  assertEquals(await askNotes(DATA, "rate(requests_total[5m])"), []);
});

Deno.test("absentOverTime() is 1 where all ranges are empty", async () => {
  const query = 'absent_over_time(temperature{room="1",floor=~".+|"}[1m])';
  assertEquals(await askRange(DATA, query), ['{room="1"} 1@120 1@240']);
  assertEquals(await askRange(DATA, "absent_over_time(temperature[5m])"), []);
});
