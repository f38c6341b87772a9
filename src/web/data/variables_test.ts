import { assertEquals } from "@std/assert";
import type { Scope, Variable } from "../model/mod.ts";
import { clientOf } from "./client_fixture.ts";
import { variableOptions } from "./variables.ts";

const range = { from: 0, to: 3_600_000 };
const scope: Scope = {
  builtins: {},
  variables: new Map([["job", { choices: [{ text: "a", value: "a" }], all: false, many: true }]]),
};

function variable(query: string, regex = ""): Variable {
  const rest = {
    type: "query",
    multi: false,
    includeAll: false,
    current: [],
    options: [],
  } as const;
  return { name: "x", query, regex, hide: 0, refresh: 1, ...rest };
}

Deno.test("variableOptions() asks what the query says", async () => {
  const cases: [string, string, Record<string, string[]>, string[]][] = [
    ["label_values(job)", "label/job/values", {}, ["one", "two"]],
    ["label_values({}, job)", "label/job/values", {}, ["one", "two"]],
    ['label_values(up{job=~"$job", x="a,b"}, pod)', "label/pod/values", {
      "match[]": ['up{job=~"a", x="a,b"}'],
    }, ["one", "two"]],
    ["label_names()", "labels", {}, ["one", "two"]],
    ["label_names(up)", "labels", { "match[]": ["up"] }, ["one", "two"]],
    ["metrics(^t)", "label/__name__/values", {}, ["two"]],
  ];
  for (const [query, path, parameters, found] of cases) {
    const { client, asked } = clientOf(() => ["one", "two"]);
    const options = await variableOptions(client, variable(query), { scope, range });
    assertEquals(options.map(({ value }) => value), found);
    const [only] = asked;
    assertEquals(only?.path, path);
    for (const [name, values] of Object.entries({ start: ["0"], end: ["3600"], ...parameters })) {
      assertEquals(only?.parameters.getAll(name), values);
    }
  }
});

Deno.test("variableOptions() takes the results of a query apart", async () => {
  const { client, asked } = clientOf(() => ({
    resultType: "vector",
    result: [{ metric: { __name__: "up", pod: "p1", job: "a" }, value: [3600, "0.5"] }],
  }));
  const run = { scope, range };
  const all = await variableOptions(client, variable("query_result(topk(1, up[$__range]))"), run);
  assertEquals(all, [{
    text: 'up{pod="p1",job="a"} 0.5 3600000',
    value: 'up{pod="p1",job="a"} 0.5 3600000',
  }]);
  assertEquals(asked[0]?.parameters.get("query"), "topk(1, up[3600s])");
  const taken = await variableOptions(client, variable("query_result(up)", '/pod="([^"]+)"/'), run);
  assertEquals(taken, [{ text: "p1", value: "p1" }]);
});

Deno.test("variableOptions() takes a selector for its series", async () => {
  const { client } = clientOf(() => [{ __name__: "up", job: "a" }]);
  const options = await variableOptions(client, variable("up"), { scope, range });
  assertEquals(options.map(({ text }) => text), ['up{job="a"}']);
});
