/**
 * How generated files are written: the same input always gives the same bytes.
 *
 * @module
 */
import { dump } from "js-yaml";

const WIDTH = 100;

/** A generated file. */
export interface GeneratedFile {
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
