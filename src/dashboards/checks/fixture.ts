/**
 * A small dashboard, rules, runbook and catalogue in which every check finds nothing. Tests break one
 * thing at a time.
 *
 * @module
 */
import type { CatalogueEntry } from "../../metrics/catalogue.ts";
import type { Expression } from "../expressions.ts";
import { dashboardExpressions } from "../expressions.ts";
import type { Finding } from "../finding.ts";
import type { Dashboard, Panel, RuleFile } from "../model.ts";
import type { RuleTests } from "./alert_tests.ts";

const common = { unit: "count", help: "A." } as const;

export const catalogue: readonly CatalogueEntry[] = [
  { ...common, name: "calls_total", kind: "counter", labels: ["method", "grpc_code"] },
  { ...common, name: "took_seconds", kind: "histogram", labels: ["method"], buckets: [0.1, 1] },
  { ...common, name: "old_seconds", kind: "histogram", labels: ["api"], quantiles: [0.5, 1] },
  { ...common, name: "old_counter", kind: "counter", labels: [] },
  { ...common, name: "running", kind: "gauge", labels: [], hidden: "Nobody asks." },
];

const datasource = { type: "prometheus", uid: "${datasource}" };

export const panel: Panel = {
  id: 1,
  type: "timeseries",
  title: "Calls",
  description: "Falls to nothing? Look at the client.",
  gridPos: { x: 0, y: 0, w: 12, h: 8 },
  datasource,
  fieldConfig: { defaults: { unit: "reqps" } },
  targets: [{
    refId: "A",
    expr: 'sum by (method) (rate(calls_total{job=~"$job"}[$__rate_interval]))',
    legendFormat: "{{method}}",
  }],
};

export const dashboard: Dashboard = {
  uid: "echo",
  title: "Echo",
  tags: ["ours"],
  templating: {
    list: [
      {
        name: "datasource",
        type: "datasource",
        query: "prometheus",
        current: { value: "prometheus" },
      },
      { name: "job", type: "query", query: "label_values(calls_total, job)", datasource },
    ],
  },
  annotations: { list: [{ name: "Starts", expr: "running", datasource }] },
  links: [{ title: "All", type: "dashboards", tags: ["ours"] }],
  panels: [panel],
};

export const rules: RuleFile = {
  groups: [{
    name: "g",
    rules: [
      { record: "method:calls:rate5m", expr: "sum by (method) (rate(calls_total[5m]))" },
      {
        alert: "TooSlow",
        expr: "histogram_quantile(0.9, rate(took_seconds_bucket[5m])) > 1",
        labels: { severity: "warning" },
        annotations: {
          summary: "{{ $labels.method }} is slow",
          description: "It is.",
          "runbook_url": "https://example.com/dashboards/runbook.md#tooslow",
        },
      },
    ],
  }],
};

export const runbook = "# Runbook\n\n## TooSlow\n\nWait.\n";

export const tests: readonly RuleTests[] = [{
  tests: [{
    "alert_rule_test": [
      { "eval_time": "1m", alertname: "TooSlow" },
      {
        "eval_time": "10m",
        alertname: "TooSlow",
        "exp_alerts": [{ "exp_labels": { severity: "warning", method: "a" } }],
      },
      { "eval_time": "1h", alertname: "TooSlow", "exp_alerts": [] },
    ],
  }],
}];

/** The dashboard with `changes` made to its panel. */
export function withPanel(changes: Partial<Panel>): Dashboard {
  return { ...dashboard, panels: [{ ...panel, ...changes }] };
}

/** One query of a panel. */
export function query(expr: string, legendFormat = ""): Expression[] {
  return dashboardExpressions({
    title: "Echo",
    panels: [{ title: "Calls", targets: [{ refId: "A", expr, legendFormat }] }],
  });
}

/** What findings say, and the part of the expression that they mark. */
export function said(findings: readonly Finding[]): string[] {
  return findings.map(({ what, expression = "", at }) =>
    at ? `${expression.slice(at.from, at.to)}: ${what}` : what
  );
}
