import { assertEquals } from "@std/assert";
import { load } from "js-yaml";
import { operatorFiles, render } from "./render.ts";

const EXPRESSION =
  'sum by (job) (rate(calls_total{job="server", code!="OK"}[5m])) / sum by (job) (rate(calls_total[5m]))';
const rules = {
  groups: [{
    rules: [
      {
        labels: { severity: "critical" },
        for: "5m",
        expr: EXPRESSION,
        alert: "Down",
        annotations: { summary: "a: b" },
      },
      { expr: "(\n  a\n)\n/ b", record: "a:b" },
    ],
    name: "g",
  }],
};

Deno.test("render() writes a dashboard as JSON with two spaces and a newline at the end", () => {
  assertEquals(render("echo", { uid: "a" }), { name: "echo.json", text: '{\n  "uid": "a"\n}\n' });
});

Deno.test("render() writes rules as YAML: keys in the reader's order, long expressions as blocks", () => {
  assertEquals(render("rules", rules), {
    name: "rules.yaml",
    text: `groups:
  - name: g
    rules:
      - alert: Down
        expr: >-
          sum by (job) (rate(calls_total{job="server", code!="OK"}[5m])) / sum by (job)
          (rate(calls_total[5m]))
        for: 5m
        labels:
          severity: critical
        annotations:
          summary: 'a: b'
      - record: a:b
        expr: |-
          (
            a
          )
          / b
`,
  });
});

Deno.test("render() loses nothing in YAML, whatever the order of keys was", () => {
  const { text } = render("rules", rules);
  assertEquals(load(text), rules);
  assertEquals(render("rules", load(text)).text, text);
});

Deno.test("operatorFiles() wraps the rules among the files, unchanged, and lists them", () => {
  const files = [render("echo", { uid: "a" }), render("rules", rules)];
  const [rule, list, ...more] = operatorFiles(files).map(({ name, text }) => [name, load(text)]);
  assertEquals(rule, ["operator/rules.yaml", {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "echoscope-rules" },
    spec: rules,
  }]);
  assertEquals(list, ["operator/kustomization.yaml", {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: ["rules.yaml"],
  }]);
  assertEquals(more, []);
  assertEquals(operatorFiles([render("echo", { uid: "a" })]), []);
});
