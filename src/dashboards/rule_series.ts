/**
 * The series that our rules record, and `ALERTS`: with the labels that the rules leave them.
 *
 * @module
 */
import { type RuleFile, type RuleGroup, ruleName } from "./model.ts";
import { resultLabels } from "./result_labels.ts";
import type { Schema, Series } from "./series.ts";

/** `schema` and what the rules of `files` add to it. Rules may use each other in any order. */
export function withRules(schema: Schema, files: readonly RuleFile[]): Schema {
  const groups = files.flatMap((file) => file.groups);
  const depth = groups.flatMap(({ rules = [] }) => rules).length;
  let known = schema;
  for (let i = 0; i <= depth; i++) {
    const next = new Map([...schema, ...recorded(groups, known)]);
    if (sizeOf(next) === sizeOf(known)) break;
    known = next;
  }
  return known;
}

function recorded(groups: readonly RuleGroup[], known: Schema): Map<string, Series> {
  const found = new Map<string, Series>();
  const add = (name: string, labels: Iterable<string>) => {
    const kind = name.startsWith("ALERTS") ? "gauge" : "recorded";
    found.set(name, { name, kind, labels: new Set([...found.get(name)?.labels ?? [], ...labels]) });
  };
  for (const rule of groups.flatMap(({ rules = [] }) => rules)) {
    const { labels: result } = resultLabels(rule.expr ?? "", known);
    const given = typeof result === "object" ? result : [];
    const labels = [...given, ...Object.keys(rule.labels ?? {})];
    if (rule.record !== undefined) add(ruleName(rule), labels);
    if (rule.alert !== undefined) {
      add("ALERTS", [...labels, "alertname", "alertstate"]);
      add("ALERTS_FOR_STATE", [...labels, "alertname"]);
    }
  }
  return found;
}

function sizeOf(schema: Schema): number {
  return [...schema.values()].reduce((sum, { labels }) => sum + 1 + labels.size, 0);
}
