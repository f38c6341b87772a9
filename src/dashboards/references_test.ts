import { assertEquals } from "@std/assert";
import { referencesIn } from "./references.ts";

const PROMQL =
  'sum by (job) (rate(a_total{b="c",d!~"e.*"}[5m])) / on(job) group_left(f) (g:h offset 1m)';

Deno.test("referencesIn() lists metrics with their matchers, and what is applied to them", () => {
  const { metrics } = referencesIn(PROMQL);
  assertEquals(
    metrics.map(({ name, appliedBy, from, to }) => [name, appliedBy, PROMQL.slice(from, to)]),
    [
      ["a_total", "rate", "a_total"],
      ["g:h", undefined, "g:h"],
    ],
  );
  assertEquals(metrics[0]?.matchers.map(({ label, operator, value }) => label + operator + value), [
    "b=c",
    "d!~e.*",
  ]);
});

Deno.test("referencesIn() lists the labels of each clause, with their position", () => {
  assertEquals(
    referencesIn(PROMQL).labels.map((
      { label, clause, from, to },
    ) => [clause, label, PROMQL.slice(from, to)]),
    [["by", "job", "job"], ["on", "job", "job"], ["group_left", "f", "f"]],
  );
  assertEquals(
    referencesIn("sum without (a, b) (c) * ignoring (d) group_right () e").labels
      .map(({ clause, label }) => `${clause} ${label}`),
    ["without a", "without b", "ignoring d"],
  );
});

Deno.test("referencesIn() knows metrics by quoted name, by label and by pattern", () => {
  const names = (promql: string) =>
    referencesIn(promql).metrics.map(({ name, isPattern }) => [name, isPattern]);
  assertEquals(names('{"a.b", c="d"}'), [["a.b", false]]);
  assertEquals(names('{__name__="a"}'), [["a", false]]);
  assertEquals(names('{__name__=~"a|b"}'), [["a|b", true]]);
  assertEquals(names('{job="a"}'), [[".*", true]]);
});

Deno.test("referencesIn() tells where an expression cannot be parsed, and lists the rest", () => {
  const { errors, metrics } = referencesIn("rate(foo{[5m]) + bar");
  assertEquals([errors, metrics.map(({ name }) => name)], [[{ from: 9, to: 9 }], ["foo", "bar"]]);
  assertEquals(referencesIn(" ").errors, [{ from: 0, to: 0 }]);
});
