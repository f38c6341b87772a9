import { assertEquals } from "@std/assert";
import { ruleExpressions } from "../expressions.ts";
import { withRules } from "../rule_series.ts";
import { scrapedSchema } from "../series.ts";
import { catalogue, query, rules, said } from "./fixture.ts";
import { checkLabels } from "./labels.ts";

const schema = withRules(scrapedSchema(catalogue), [rules]);

Deno.test("checkLabels() takes labels that are there", () => {
  const expr = 'sum by (method) (rate(calls_total{grpc_code="OK", pod="a"}[5m]))';
  assertEquals(checkLabels(query(expr, "{{method}}"), schema), []);
  assertEquals(checkLabels(query("method:calls:rate5m", "{{method}} {{__name__}}"), schema), []);
  assertEquals(checkLabels(ruleExpressions(rules), schema), []);
});

Deno.test("checkLabels() finds matchers and groupings by labels that a metric does not have", () => {
  assertEquals(said(checkLabels(query('rate(calls_total{api="a"}[5m])'), schema)), [
    "api=\"a\": 'calls_total' has no label 'api'; it has grpc_code, instance, job, method, namespace, pod",
  ]);
  assertEquals(said(checkLabels(query("sum by (pod) (method:calls:rate5m)"), schema)), [
    "pod: by (pod): sum() is given only method",
  ]);
});

Deno.test("checkLabels() finds legends and alert texts that read a label which was aggregated away", () => {
  assertEquals(said(checkLabels(query("sum(up)", "{{ pod }}"), schema)), [
    "its text reads the label 'pod', but the result has none",
  ]);
  const broken = {
    groups: [{
      rules: [{ alert: "A", expr: "sum(up) == 0", annotations: { summary: "{{ $labels.job }}" } }],
    }],
  };
  assertEquals(checkLabels(ruleExpressions(broken), schema).length, 1);
});
