/**
 * What an expression refers to: metrics, the matchers on them, the labels it groups and joins by.
 * This is what stands there, with its position; whether it is right is for `checks/` to say.
 *
 * @module
 */
import type { Span } from "./finding.ts";
import {
  childrenOf,
  nodesNamed,
  parsePromql,
  syntaxErrors,
  type SyntaxNode,
  textOf,
} from "./syntax.ts";

/** A matcher such as `code!="OK"`. */
export interface MatcherReference extends Span {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** A metric, or the metrics whose names match a pattern. */
export interface MetricReference extends Span {
  readonly name: string;
  readonly isPattern: boolean;
  readonly matchers: readonly MatcherReference[];
  /** The function or aggregation that gets the metric itself: `rate` in `sum(rate(a[5m]))`. */
  readonly appliedBy: string | undefined;
}

/** A label outside the braces of a metric. */
export interface LabelReference extends Span {
  readonly label: string;
  readonly clause: "by" | "without" | "on" | "ignoring" | "group_left" | "group_right";
}

/** All that an expression refers to. */
export interface References {
  readonly metrics: readonly MetricReference[];
  readonly labels: readonly LabelReference[];
  /** Where the expression cannot be parsed; what could be read is listed all the same. */
  readonly errors: readonly Span[];
}

/** Lists what `promql` refers to, in the order of the text. */
export function referencesIn(promql: string): References {
  const tree = parsePromql(promql);
  if (tree === undefined) return { metrics: [], labels: [], errors: syntaxErrors(promql) };
  return {
    metrics: nodesNamed(tree, "VectorSelector").flatMap((node) => metricOf(promql, node) ?? []),
    labels: nodesNamed(tree, "AggregateModifier", "MatchingModifierClause")
      .flatMap((node) => clauseLabels(promql, node)),
    errors: syntaxErrors(promql),
  };
}

/** What a selector selects. A selector without a name, such as `{job="a"}`, selects by pattern `.*`. */
export function metricOf(promql: string, selector: SyntaxNode): MetricReference {
  const matchers = matchersOf(promql, selector);
  const named = selector.getChild("Identifier") ??
    selector.getChild("LabelMatchers")?.getChild("QuotedLabelName");
  const byLabel = matchers.find(({ label }) => label === "__name__");
  const { from, to } = named ?? byLabel ?? selector;
  return {
    name: named ? textOf(promql, named) : byLabel?.value ?? ".*",
    isPattern: !named && byLabel?.operator !== "=",
    matchers: matchers.filter(({ label }) => label !== "__name__"),
    appliedBy: appliedBy(promql, selector),
    from,
    to,
  };
}

/** The labels of each clause below a modifier: `on (a) group_left (b)` has two. */
export function clauseLabels(promql: string, modifier: SyntaxNode): LabelReference[] {
  let clause: LabelReference["clause"] = "by";
  return childrenOf(modifier).flatMap((child) => {
    if (child.name !== "GroupingLabels") {
      clause = textOf(promql, child).toLowerCase() as LabelReference["clause"];
      return [];
    }
    return childrenOf(child).filter(({ type }) => !type.isError).map((label) => ({
      label: textOf(promql, label),
      clause,
      from: label.from,
      to: label.to,
    }));
  });
}

function matchersOf(promql: string, selector: SyntaxNode): MatcherReference[] {
  return nodesNamed(selector, "UnquotedLabelMatcher", "QuotedLabelMatcher").flatMap((matcher) => {
    const [label, operator, value] = childrenOf(matcher);
    if (!label || !operator || !value) return [];
    return [{
      label: textOf(promql, label),
      operator: textOf(promql, operator) as MatcherReference["operator"],
      value: textOf(promql, value),
      from: matcher.from,
      to: matcher.to,
    }];
  });
}

/** Nodes that hand a selector on as it is. */
const TRANSPARENT = new Set([
  "MatrixSelector",
  "SubqueryExpr",
  "OffsetExpr",
  "StepInvariantExpr",
  "ParenExpr",
  "FunctionCallBody",
]);

function appliedBy(promql: string, selector: SyntaxNode): string | undefined {
  let node = selector.parent;
  while (node !== null && TRANSPARENT.has(node.name)) node = node.parent;
  const applied = node?.getChild("FunctionIdentifier") ?? node?.getChild("AggregateOp");
  return applied ? textOf(promql, applied).toLowerCase() : undefined;
}
