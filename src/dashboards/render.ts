/**
 * How generated files are written: the same input always gives the same bytes.
 *
 * @module
 */
import { dump } from "js-yaml";
import { prometheusRule } from "./prometheus_rule.ts";

const WIDTH = 100;

/** A generated file. */
export interface GeneratedFile {
  /** Relative to the folder of all, with `/`. */
  readonly name: string;
  readonly text: string;
}

/** What `NAME.jsonnet` evaluates to as a file: rule groups become YAML, dashboards JSON. */
export function render(name: string, value: unknown): GeneratedFile {
  const isRules = typeof value === "object" && value !== null && "groups" in value;
  return isRules
    ? { name: `${name}.yaml`, text: toYaml(value) }
    : { name: `${name}.json`, text: `${JSON.stringify(value, undefined, 2)}\n` };
}

/**
 * The rule files among `files` once more, as objects of the Prometheus operator in the folder
 * `operator`, with the list of them that kustomize asks for. Nothing when there are no rules.
 */
export function operatorFiles(files: readonly GeneratedFile[]): GeneratedFile[] {
  const rules = files.filter(({ name }) => name.endsWith(".yaml"));
  if (rules.length === 0) return [];
  const list = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: rules.map(({ name }) => name),
  };
  return [
    ...rules.map(({ name, text }) => ({
      name: `operator/${name}`,
      text: prometheusRule(name.replace(/\.yaml$/, ""), text),
    })),
    { name: "operator/kustomization.yaml", text: toYaml(list) },
  ];
}

/** Keys of a rule file in the order in which people read them; others follow by name. */
const ORDER = [
  "groups",
  "name",
  "interval",
  "rules",
  "record",
  "alert",
  "expr",
  "for",
  "keep_firing_for",
  "labels",
  "annotations",
  "summary",
  "description",
  "runbook_url",
];

/** YAML with keys in a fixed order and long texts as blocks. */
export function toYaml(value: unknown): string {
  return dump(value, { sortKeys: byOrder, lineWidth: WIDTH, noRefs: true });
}

function byOrder(left: string, right: string): number {
  return rank(left) - rank(right) || (left < right ? -1 : Number(left > right));
}

function rank(key: string): number {
  const index = ORDER.indexOf(key);
  return index < 0 ? ORDER.length : index;
}
