/**
 * Reads rule files of Prometheus, as strictly as it does. Start here, then `evaluator.ts`.
 *
 * @see {@link https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/}
 * @module
 */
import { FAILSAFE_SCHEMA, loadAll } from "js-yaml";
import { Labels } from "../labels.ts";
import { parseQuery } from "../promql/parse/mod.ts";
import { printExpression } from "../promql/print/mod.ts";
import { parseDuration } from "./duration.ts";
import { type Fields, fieldsOf, listOf, textOf, textsOf } from "./fields.ts";
import type { Rule, RuleGroup } from "./model.ts";
import { parseTemplate, type Template } from "./template/template.ts";

/** A rule file. */
export interface RuleFileText {
  readonly name: string;
  readonly yaml: string;
}

/** A rule file that cannot be taken; the message names file, group and rule. */
export class RuleFileError extends Error {
  override readonly name = "RuleFileError";
}

const GROUP_FIELDS = ["name", "interval", "query_offset", "limit", "labels", "rules"];
const RULE_FIELDS = [
  "record",
  "alert",
  "expr",
  "for",
  "keep_firing_for",
  "labels",
  "annotations",
];

/** Reads rule files; the groups keep their order. Throws a RuleFileError for the first fault. */
export function loadRules(files: readonly RuleFileText[]): RuleGroup[] {
  return files.flatMap((file) =>
    at(`Cannot load the rule file '${file.name}'`, () => readFile(file))
  );
}

function readFile({ name: file, yaml }: RuleFileText): RuleGroup[] {
  // All scalars are text then: the label `days: 3` has the value "3", and 0x3 stays what it is.
  const documents = loadAll(yaml, { schema: FAILSAFE_SCHEMA });
  if (documents.length > 1) throw new Error(`it has ${documents.length} documents, expected one`);
  const [document = ""] = documents;
  if (document === "" || document === null) return [];
  const list = listOf(fieldsOf(document, "the file", ["groups"]), "groups");
  const groups = list.map((group, i) => {
    const name = nameOf(group);
    return at(`group ${name === "" ? i + 1 : `'${name}'`}`, () => readGroup(file, group));
  });
  const names = new Set<string>();
  for (const { name } of groups) {
    if (names.has(name)) throw new Error(`the name of group '${name}' comes twice`);
    names.add(name);
  }
  return groups;
}

function readGroup(file: string, value: unknown): RuleGroup {
  const fields = fieldsOf(value, "a group", GROUP_FIELDS);
  const name = textOf(fields, "name");
  if (name === "") throw new Error("it has no name");
  const interval = durationOf(fields, "interval");
  const labels = textsOf(fields, "labels");
  checkLabelNames(labels);
  return {
    name,
    file,
    intervalMs: interval === 0 ? undefined : interval,
    queryOffsetMs: durationOf(fields, "query_offset"),
    limit: limitOf(fields),
    rules: listOf(fields, "rules").map((rule, i) => {
      const ruleName = nameOf(rule);
      const where = `rule ${i + 1}${ruleName === "" ? "" : `, '${ruleName}'`}`;
      return at(where, () => readRule(rule, labels));
    }),
  };
}

function readRule(value: unknown, groupLabels: ReadonlyMap<string, string>): Rule {
  const fields = fieldsOf(value, "a rule", RULE_FIELDS);
  const record = textOf(fields, "record");
  const alert = textOf(fields, "alert");
  if ((record === "") === (alert === "")) {
    throw new Error("exactly one of 'record' and 'alert' must be there");
  }
  const query = queryOf(fields);
  const own = textsOf(fields, "labels");
  checkLabelNames(own);
  const labels = new Map([...groupLabels, ...own]);
  const annotations = textsOf(fields, "annotations");
  if (annotations.has("")) throw new Error("an annotation has no name");
  const holdMs = durationOf(fields, "for");
  const keepFiringForMs = durationOf(fields, "keep_firing_for");
  if (alert !== "") {
    return {
      type: "alerting",
      name: alert,
      query,
      labels: Labels.of(labels),
      holdMs,
      keepFiringForMs,
      annotations: Labels.of(annotations),
      labelTemplates: templatesOf(labels, "label"),
      annotationTemplates: templatesOf(annotations, "annotation"),
    };
  }
  for (
    const [name, isSet] of Object.entries({
      annotations: annotations.size > 0,
      for: holdMs > 0,
      keep_firing_for: keepFiringForMs > 0,
    })
  ) if (isSet) throw new Error(`'${name}' is for alerts, not for what is recorded`);
  if (/[{}]/.test(record)) {
    throw new Error(`'${record}' is no name of a metric: braces belong into 'expr'`);
  }
  return { type: "recording", name: record, query, labels: Labels.of(labels), labelValues: labels };
}

function queryOf(fields: Fields): string {
  const text = textOf(fields, "expr");
  if (text === "") throw new Error("'expr' is missing");
  return at("'expr'", () => printExpression(parseQuery(text)));
}

function durationOf(fields: Fields, name: string): number {
  const text = textOf(fields, name);
  return text === "" ? 0 : at(`'${name}'`, () => parseDuration(text));
}

function limitOf(fields: Fields): number {
  const text = textOf(fields, "limit");
  if (text !== "" && !/^-?\d+$/.test(text)) {
    throw new Error(`'limit' must be a whole number, found '${text}'`);
  }
  return Math.max(0, Number(text));
}

function checkLabelNames(labels: ReadonlyMap<string, string>): void {
  for (const name of labels.keys()) {
    if (name === "" || name === "__name__") throw new Error(`'${name}' cannot be a label's name`);
  }
}

function templatesOf(texts: ReadonlyMap<string, string>, what: string): Map<string, Template> {
  return new Map(
    [...texts].map((
      [name, text],
    ) => [name, at(`the ${what} '${name}'`, () => parseTemplate(text))]),
  );
}

/** The name that a group or rule seems to have, for messages. */
function nameOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const { name, alert, record } = value as Record<string, unknown>;
  return [name, alert, record].find((one): one is string => typeof one === "string") ?? "";
}

/** Runs `read`; its errors become a RuleFileError that begins with `where`. */
function at<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof RuleFileError) {
      throw new RuleFileError(`${where}, ${reason}`, { cause: error });
    }
    throw new RuleFileError(`${where}: ${reason}`, { cause: error });
  }
}
