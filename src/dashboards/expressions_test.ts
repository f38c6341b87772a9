import { assertEquals } from "@std/assert";
import { dashboardExpressions, ruleExpressions } from "./expressions.ts";

Deno.test("dashboardExpressions() lists variables, annotations and panels, folded ones too, with their place", () => {
  const target = {
    refId: "A",
    expr: "rate(a[$__rate_interval])",
    legendFormat: "{{ pod }} of {{job}}",
  };
  const found = dashboardExpressions({
    title: "Echo",
    templating: {
      list: [
        { name: "job", type: "query", query: { query: 'label_values(up{job=~"$x"}, job)' } },
        { name: "top", type: "custom", query: "1,2" },
        { name: "b", type: "query", query: "query_result(sum(b))" },
      ],
    },
    annotations: {
      list: [{ name: "Starts", expr: "c", textFormat: "{{instance}}", tagKeys: "pod, job" }],
    },
    panels: [
      { title: "Calls", targets: [target] },
      { type: "row", panels: [{ title: "Folded", targets: [{ refId: "B", expr: "d" }] }] },
    ],
  });
  assertEquals(found.map(({ where, promql, reads }) => [where, promql, reads.join()]), [
    ["dashboard 'Echo', variable 'job'", '             up{job=~"xx"}      ', "job"],
    ["dashboard 'Echo', variable 'b'", "             sum(b) ", ""],
    ["dashboard 'Echo', annotation 'Starts'", "c", "instance,pod,job"],
    ["dashboard 'Echo', panel 'Calls', query A", "rate(a[5m              ])", "pod,job"],
    ["dashboard 'Echo', panel 'Folded', query B", "d", ""],
  ]);
});

Deno.test("ruleExpressions() lists rules and alerts, and the labels that their texts read", () => {
  const found = ruleExpressions({
    groups: [{
      name: "g",
      rules: [
        { record: "a:b", expr: "a" },
        {
          alert: "Down",
          expr: "up == 0",
          labels: { severity: "critical", team: "{{ $labels.namespace }}" },
          annotations: {
            summary: '{{ $labels.job }} {{ $labels.severity }} {{ index $labels "pod" }}',
          },
        },
      ],
    }],
  });
  assertEquals(found.map(({ kind, where, reads }) => [kind, where, reads.join()]), [
    ["record", "rule group 'g', record 'a:b'", ""],
    ["alert", "rule group 'g', alert 'Down'", "namespace,job,pod"],
  ]);
});
