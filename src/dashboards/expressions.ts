/**
 * Every PromQL expression of dashboards and rule files, and where it stands.
 *
 * @module
 */
import {
  type Annotation,
  type Dashboard,
  type Panel,
  panelsOf,
  type RuleFile,
  ruleName,
  type Variable,
} from "./model.ts";
import { withStandIns } from "./stand_ins.ts";

/** An expression and its place. */
export interface Expression {
  readonly kind: "panel" | "annotation" | "variable" | "record" | "alert";
  /** "dashboard 'Echo', panel 'Calls', query A". */
  readonly where: string;
  /** As it is written. */
  readonly text: string;
  /** What Prometheus is asked: as long as `text`, with stand-ins for variables. */
  readonly promql: string;
  /** Labels that are read off the result: by a legend, a variable or the text of an alert. */
  readonly reads: readonly string[];
}

/** The expressions of a dashboard: variables, annotations, panels. */
export function dashboardExpressions(dashboard: Dashboard): Expression[] {
  const where = `dashboard '${dashboard.title}'`;
  return [
    ...(dashboard.templating?.list ?? []).flatMap((one) => variableExpression(where, one)),
    ...(dashboard.annotations?.list ?? []).flatMap((one) => annotationExpression(where, one)),
    ...panelsOf(dashboard).flatMap((panel) => panelExpressions(where, panel)),
  ];
}

/** The expressions of a rule file, in order. */
export function ruleExpressions({ groups }: RuleFile): Expression[] {
  return groups.flatMap((group) =>
    (group.rules ?? []).map((rule) => {
      const kind = rule.alert === undefined ? "record" : "alert";
      const known = new Set([...Object.keys(rule.labels ?? {}), "alertname"]);
      const templates = Object.values({ ...rule.labels, ...rule.annotations }).join("\n");
      return expression({
        kind,
        where: `rule group '${group.name}', ${kind} '${ruleName(rule)}'`,
        text: rule.expr ?? "",
        // In a rule file nothing is a Grafana variable.
        promql: rule.expr ?? "",
        reads: matches(templates, /\$labels\.(\w+)|index \$labels "(\w+)"/g)
          .filter((label) => !known.has(label)),
      });
    })
  );
}

function expression(
  given: Omit<Expression, "promql" | "reads"> & Partial<Expression>,
): Expression {
  const { reads = [], promql = withStandIns(given.text) } = given;
  return { ...given, promql, reads: [...new Set(reads)] };
}

function panelExpressions(dashboard: string, { title, targets = [] }: Panel): Expression[] {
  return targets.filter(({ expr }) => expr !== undefined).map((
    { expr = "", refId, legendFormat },
  ) =>
    expression({
      kind: "panel",
      where: `${dashboard}, panel '${title}', query ${refId}`,
      text: expr,
      reads: legendLabels(legendFormat),
    })
  );
}

function annotationExpression(dashboard: string, annotation: Annotation): Expression[] {
  const { name, titleFormat, textFormat, tagKeys = "" } = annotation;
  const text = annotation.expr ?? annotation.target?.expr;
  if (text === undefined) return [];
  const tags = tagKeys.split(",").map((tag) => tag.trim()).filter((tag) => tag !== "");
  return [expression({
    kind: "annotation",
    where: `${dashboard}, annotation '${name}'`,
    text,
    reads: [...legendLabels(titleFormat), ...legendLabels(textFormat), ...tags],
  })];
}

function variableExpression(dashboard: string, { name, type, query }: Variable): Expression[] {
  if (type !== "query") return [];
  const text = (typeof query === "string" ? query : query?.query) ?? "";
  const found = { kind: "variable", where: `${dashboard}, variable '${name}'`, text } as const;
  const [, asked, rest = ")"] = /^\s*(?:label_values|query_result)\(([^]*?)(,\s*\w+\s*\)|\))\s*$/
    .exec(text) ?? [];
  if (asked === undefined) return [expression(found)];
  const from = text.indexOf(asked);
  const promql = `${" ".repeat(from)}${withStandIns(asked)}`.padEnd(text.length);
  return [expression({ ...found, promql, reads: rest.match(/\w+/g) ?? [] })];
}

function legendLabels(format = ""): string[] {
  return matches(format, /\{\{\s*(\w+)\s*\}\}/g);
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, ...groups]) => groups.find(Boolean) ?? "");
}
