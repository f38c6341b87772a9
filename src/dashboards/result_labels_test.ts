import { assertEquals } from "@std/assert";
import type { CatalogueEntry } from "../metrics/catalogue.ts";
import { resultLabels } from "./result_labels.ts";
import { withRules } from "./rule_series.ts";
import { SCRAPE_LABELS, scrapedSchema } from "./series.ts";

const common = { unit: "count", help: "A." } as const;
const catalogue: readonly CatalogueEntry[] = [
  { ...common, name: "calls_total", kind: "counter", labels: ["method", "code"] },
  { ...common, name: "took_seconds", kind: "histogram", labels: ["method"], buckets: [1] },
  { ...common, name: "old_seconds", kind: "histogram", labels: ["api"], quantiles: [0.5] },
  { ...common, name: "build_info", kind: "gauge", labels: ["version"] },
];
const schema = scrapedSchema(catalogue);

function labels(promql: string): string {
  const result = resultLabels(promql, schema);
  assertEquals(result.problems, [], promql);
  return typeof result.labels === "object"
    ? [...result.labels].filter((one) => !SCRAPE_LABELS.includes(one)).join()
    : result.labels;
}

function problems(promql: string): [what: string, at: string][] {
  return resultLabels(promql, schema).problems
    .map(({ what, from, to }) => [what, promql.slice(from, to)]);
}

Deno.test("resultLabels() gives a selector the labels of its metric, by kind", () => {
  assertEquals(labels("calls_total"), "method,code");
  assertEquals(labels("took_seconds_bucket"), "method,le");
  assertEquals(labels("took_seconds_sum"), "method");
  assertEquals(labels("old_seconds"), "api,quantile");
  assertEquals(labels('{__name__=~"old_seconds_.+"}'), "api");
  assertEquals(labels("nobody_knows"), "unknown");
});

Deno.test("resultLabels() follows labels through functions", () => {
  assertEquals(labels("rate(calls_total[5m] offset 1h)"), "method,code");
  assertEquals(labels("histogram_quantile(0.9, rate(took_seconds_bucket[5m]))"), "method");
  assertEquals(labels('label_replace(up, "a", "$1", "job", "(.*)")'), "a");
  assertEquals(labels('absent(calls_total{code="OK",method!="x"})'), "code");
  assertEquals(labels('absent(sum(calls_total{code="OK"}))'), "");
  assertEquals(labels("time() - scalar(up)"), "scalar");
  assertEquals(labels("clamp_min(-calls_total, 1)"), "method,code");
});

Deno.test("resultLabels() follows labels through aggregations", () => {
  assertEquals(labels("sum(calls_total)"), "");
  assertEquals(labels("sum by (code) (calls_total)"), "code");
  assertEquals(labels("sum without (code) (calls_total)"), "method");
  assertEquals(labels("topk by (code) (3, calls_total)"), "method,code");
  assertEquals(labels('count_values by (job) ("value", calls_total)'), "value");
});

Deno.test("resultLabels() follows labels through joins", () => {
  assertEquals(labels("calls_total / 2"), "method,code");
  assertEquals(
    labels("calls_total * on (pod) group_left (version) build_info"),
    "method,code,version",
  );
  assertEquals(labels("sum by (code) (calls_total) / on () sum(calls_total)"), "");
  assertEquals(
    labels("sum by (code) (calls_total) / ignoring (code) group_left () sum(calls_total)"),
    "code",
  );
  assertEquals(labels("sum(calls_total) or vector(0)"), "");
  assertEquals(labels("calls_total unless on (job) up"), "method,code");
});

Deno.test("resultLabels() finds a matcher that no series has", () => {
  assertEquals(problems('rate(took_seconds_count{code="OK"}[5m])'), [[
    "'took_seconds_count' has no label 'code'; it has instance, job, method, namespace, pod",
    'code="OK"',
  ]]);
});

Deno.test("resultLabels() finds a label that was aggregated away", () => {
  assertEquals(problems("sum by (code) (sum by (job) (calls_total))"), [
    ["by (code): sum() is given only job", "code"],
  ]);
  assertEquals(
    problems("histogram_quantile(0.9, sum by (method) (rate(took_seconds_bucket[5m])))"),
    [
      ["histogram_quantile() is given no label 'le', only method", "histogram_quantile"],
    ],
  );
  assertEquals(problems('label_replace(sum(up), "a", "$1", "job", "(.*)")'), [
    ["label_replace() is given no label 'job', only none", '"job"'],
  ]);
});

Deno.test("resultLabels() finds joins that match nothing", () => {
  assertEquals(
    problems("sum by (code) (calls_total) / sum(calls_total)")[0]?.[0],
    "nothing matches, because only one side has code: left has code; right has none",
  );
  assertEquals(
    problems("calls_total * on (pod) group_left (revision) build_info")[0]?.[1],
    "revision",
  );
  assertEquals(problems("calls_total / on (version) build_info")[0]?.[1], "version");
});

Deno.test("withRules() adds what rules record, with the labels they keep, whatever their order", () => {
  const known = withRules(schema, [{
    groups: [{
      name: "a",
      rules: [
        { record: "b:c", expr: "sum by (code) (a:b) / on (code) a:b" },
        { record: "a:b", expr: "sum by (code, job) (calls_total)", labels: { window: "5m" } },
        { alert: "Down", expr: "sum by (job) (up) == 0", labels: { severity: "critical" } },
      ],
    }],
  }]);
  const of = (name: string) => [...known.get(name)?.labels ?? []].sort().join();
  assertEquals(of("a:b"), "code,job,window");
  assertEquals(of("b:c"), "code");
  assertEquals(of("ALERTS"), "alertname,alertstate,job,severity");
});
