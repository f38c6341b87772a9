import { assertEquals, assertRejects } from "@std/assert";
import { QueryError } from "../errors.ts";
import { ask, askNotes, askRange } from "./query_fixture.ts";

const DATA = `
  errors{method="get",code="500"} 24
  errors{method="get",code="404"} 30
  errors{method="put",code="501"} 3
  requests{method="get"} 600
  requests{method="del"} 34
  info{method="get",version="2"} 1
  info{method="del",version="1"} 1
`;

for (
  const { query, expected } of [
    { query: "requests + requests", expected: ['{method="get"} 1200', '{method="del"} 68'] },
    { query: 'errors{code="500"} / ignoring(code) requests', expected: ['{method="get"} 0.04'] },
    { query: 'errors{code="500"} / on(method) requests', expected: ['{method="get"} 0.04'] },
    {
      query: "errors / ignoring(code) group_left requests",
      expected: ['{code="500", method="get"} 0.04', '{code="404", method="get"} 0.05'],
    },
    {
      query: "requests / on(method) group_right errors",
      expected: ['{code="500", method="get"} 25', '{code="404", method="get"} 20'],
    },
    {
      query: "requests * on(method) group_left(version) info",
      expected: ['{method="get", version="2"} 600', '{method="del", version="1"} 34'],
    },
    { query: "requests > 100", expected: ['requests{method="get"} 600'] },
    { query: "100 < requests", expected: ['requests{method="get"} 600'] },
    { query: "requests > bool 100", expected: ['{method="get"} 1', '{method="del"} 0'] },
    { query: 'requests == on(method) requests{method="del"}', expected: ['{method="del"} 34'] },
    { query: "requests != requests", expected: [] },
    {
      query: "requests >= bool on(method) info",
      expected: ['{method="get"} 1', '{method="del"} 1'],
    },
    { query: "2 ^ requests{method='none'}", expected: [] },
    { query: "-requests % 7", expected: ['{method="get"} -5', '{method="del"} -6'] },
    { query: "1 atan2 0 == bool 1.5707963267948966", expected: ["1"] },
    {
      query: 'errors{code="501"} + on(method) fill(1) requests',
      expected: ['{method="put"} 4', '{method="get"} 601', '{method="del"} 35'],
    },
    {
      query: 'errors{code="501"} + on(method) fill_right(1) requests',
      expected: ['{method="put"} 4'],
    },
    {
      query: "requests + on(method) group_right fill_left(1) errors{code='501'}",
      expected: ['{code="501", method="put"} 4'],
    },
  ]
) {
  Deno.test(`vectorOperation(): ${query}`, async () => {
    assertEquals(await ask(DATA, query, { at: 0 }), expected);
  });
}

for (
  const { query, message } of [
    {
      query: "requests / on(method) errors",
      message:
        'found duplicate series for the match group {method="get"} on the right hand-side of the ' +
        'operation: [{__name__="errors", code="404", method="get"}, ' +
        '{__name__="errors", code="500", method="get"}];many-to-many matching not allowed: matching ' +
        "labels must be unique on one side",
    },
    {
      query: "errors / on(method) requests",
      message:
        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
    },
    {
      query: "errors * on(method) group_left(code) label_replace(requests, 'code', 'x', '', '')",
      message: "multiple matches for labels: grouping labels must ensure unique matches",
    },
  ]
) {
  Deno.test(`vectorOperation() refuses ${query}`, async () => {
    const error = await assertRejects(() => ask(DATA, query, { at: 0 }), QueryError);
    assertEquals(error.message, message);
    assertEquals(error.type, "execution");
  });
}

Deno.test("vectorOperation() takes no offence at duplicates where nothing is to be matched", async () => {
  assertEquals(await ask(DATA, "nothing / on(method) errors", { at: 0 }), []);
});

Deno.test("vectorOperation() lets the partner change from step to step", async () => {
  const data = `
    load{host="a"} 1 2 3 4
    info{host="a",rack="1"} 1 1 stale
    info{host="a",rack="2"} _ _ 1 1
  `;
  assertEquals(await askRange(data, "load * on(host) group_left(rack) info", { to: 180 }), [
    '{host="a", rack="1"} 1@0 2@60',
    '{host="a", rack="2"} 3@120 4@180',
  ]);
});

for (
  const { query, expected } of [
    { query: "h + h", expected: "6 8" },
    { query: "h - h", expected: "0 0" },
    { query: "2 * h", expected: "6 8" },
    { query: "h / 2", expected: "1.5 2" },
    { query: "-h", expected: "-3 -4" },
    { query: "h == h", expected: "3 4" },
    { query: "h </ 1", expected: "1 0.7071067811865476" },
  ]
) {
  Deno.test(`elementOperator() knows histograms: ${query}`, async () => {
    const data = "h {{schema:0 count:3 sum:4 buckets:[1 2]}}";
    const [count] = await ask(data, `histogram_count(${query}) + 0`, { at: 0 });
    const [sum] = await ask(data, `histogram_sum(${query}) + 0`, { at: 0 });
    assertEquals(`${count?.split(" ")[1]} ${sum?.split(" ")[1]}`, expected);
  });
}

Deno.test("elementOperator() says what it cannot bring together", async () => {
  assertEquals(await askNotes("h {{count:1 sum:1}}", "1 + h", { at: 0 }), [
    'PromQL info: incompatible sample types encountered for binary operator "+": float + histogram ' +
    "(1:1)",
  ]);
});
