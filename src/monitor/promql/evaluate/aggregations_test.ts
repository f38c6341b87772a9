import { assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import { ask, askNotes, askRange } from "./query_fixture.ts";

const DATA = `
  load{job="a",host="1"} 1
  load{job="a",host="2"} 2
  load{job="b",host="1"} 3
  load{job="b",host="2"} 8
`;

for (
  const { query, expected } of [
    { query: "sum(load)", expected: ["{} 14"] },
    { query: "sum by (job) (load)", expected: ['{job="a"} 3', '{job="b"} 11'] },
    { query: "sum without (job) (load)", expected: ['{host="1"} 4', '{host="2"} 10'] },
    { query: "sum by (none) (load)", expected: ["{} 14"] },
    { query: "sum by (__name__) (load)", expected: ["load 14"] },
    { query: "sum(none)", expected: [] },
    { query: "avg by (job) (load)", expected: ['{job="a"} 1.5', '{job="b"} 5.5'] },
    { query: "min(load) + max(load)", expected: ["{} 9"] },
    { query: "max(load / 0 - load / 0 or load)", expected: ["{} NaN"] },
    { query: "count(load) + group(load)", expected: ["{} 5"] },
    { query: "stdvar(load)", expected: ["{} 7.25"] },
    { query: "stddev(load{job='a'})", expected: ["{} 0.5"] },
    { query: "quantile(0.5, load)", expected: ["{} 2.5"] },
    {
      query: "topk(2, load)",
      expected: ['load{host="2", job="b"} 8', 'load{host="1", job="b"} 3'],
    },
    {
      query: "bottomk by (job) (1, load)",
      expected: ['load{host="1", job="a"} 1', 'load{host="1", job="b"} 3'],
    },
    { query: "topk(0, load)", expected: [] },
    { query: "topk(1, load - load / 0 * 0 or load)", expected: ['{host="1", job="a"} NaN'] },
    { query: "count(limitk by (job) (1, load))", expected: ["{} 2"] },
    {
      query: "count(limit_ratio(0.3, load) or limit_ratio(-0.7, load))",
      expected: ["{} 4"],
    },
    {
      query: "count_values by (job) ('value', load > bool 2)",
      expected: [
        '{job="a", value="0"} 2',
        '{job="b", value="1"} 2',
      ],
    },
    {
      query: "count_values('value', load{host='1'} * 1e21)",
      expected: [
        '{value="1000000000000000000000"} 1',
        '{value="3000000000000000000000"} 1',
      ],
    },
  ]
) {
  Deno.test(`aggregate(): ${query}`, async () => {
    assertEquals(await ask(DATA, query, { at: 0 }), expected);
  });
}

Deno.test("aggregate() loses nothing of what is small beside what is large", async () => {
  const data = `
    x{n="1"} 1e100
    x{n="2"} 1
    x{n="3"} -1e100
  `;
  assertEquals(await ask(data, "sum(x)", { at: 0 }), ["{} 1"]);
});

Deno.test("aggregate() has an average where the sum would be infinite", async () => {
  const data = `
    x{n="1"} 1e308
    x{n="2"} 1.4e308
  `;
  assertEquals(await ask(data, "avg(x)", { at: 0 }), ["{} 1.2e+308"]);
});

Deno.test("aggregate() has a value at each step at which the group has one", async () => {
  const data = `
    load{host="1"} 1 _ stale 4
    load{host="2"} _ 2 stale _
  `;
  assertEquals(await askRange(data, "sum(load)", { to: 180 }), ["{} 1@0 3@60 4@180"]);
  assertEquals(await askRange(data, "topk(1, load)", { to: 180 }), [
    'load{host="1"} 1@0 4@180',
    'load{host="2"} 2@60',
  ]);
});

Deno.test("aggregate() takes a parameter that changes from step to step", async () => {
  const query = "topk(scalar(load{job='a',host='1'}) * time() / 60, load)";
  assertEquals((await askRange(DATA, query, { to: 120 })).length, 2);
});

Deno.test("aggregate() adds histograms, but not to numbers", async () => {
  const data = `
    h{job="a"} {{schema:0 count:3 sum:4 buckets:[1 2]}}
    h{job="b"} {{schema:0 count:5 sum:6 buckets:[2 3]}}
    h{job="c"} 1
  `;
  assertEquals(await ask(data, "histogram_count(sum(h{job!='c'}))", { at: 0 }), ["{} 8"]);
  assertEquals(await ask(data, "histogram_sum(avg(h{job!='c'}))", { at: 0 }), ["{} 5"]);
  assertEquals(await ask(data, "sum(h)", { at: 0 }), []);
  assertEquals(await askNotes(data, "sum(h)", { at: 0 }), [
    "PromQL warning: encountered a mix of histograms and floats for aggregation (1:5)",
  ]);
  assertEquals(await askNotes(data, "max(h)", { at: 0 }), [
    "PromQL info: ignored histogram in max aggregation (1:5)",
  ]);
});

for (
  const [query, message] of [
    ["topk(NaN, load)", "Parameter value is NaN"],
    ["topk(1e30, load)", "Scalar value 1e+30 overflows int64"],
    ["limit_ratio(NaN, load)", "Ratio value is NaN"],
    ['count_values("", load)', 'invalid label name ""'],
  ] as const
) {
  Deno.test(`aggregate() refuses ${query}`, async () => {
    const error = await assertRejects(() => ask(DATA, query, { at: 0 }), QueryError);
    assertEquals(error.message, message);
  });
}

for (
  const [query, note] of [
    ["quantile(2, load)", "PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)"],
    [
      "limit_ratio(-1.5, load)",
      "PromQL warning: ratio value should be between -1 and 1, got -1.5, capping to -1 (1:13)",
    ],
  ] as const
) {
  Deno.test(`aggregate() warns of ${query}`, async () => {
    assertEquals(await askNotes(DATA, query, { at: 0 }), [note]);
  });
}
