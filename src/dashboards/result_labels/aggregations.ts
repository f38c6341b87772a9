import { clauseLabels } from "../references.ts";
import { type Inference, type Labels, list } from "./inference.ts";
import { childrenOf, type SyntaxNode, textOf } from "../syntax.ts";

/** Aggregations that choose among series and leave them as they are. */
const CHOOSING = new Set(["topk", "bottomk", "limitk", "limit_ratio"]);

/** The labels that an aggregation leaves: those it groups by, which it must have been given. */
export function labelsOfAggregation(node: SyntaxNode, inference: Inference): Labels {
  const { promql, labelsOf, problem } = inference;
  const operator = node.getChild("AggregateOp");
  const name = operator ? textOf(promql, operator).toLowerCase() : "";
  const body = node.getChild("FunctionCallBody");
  const args = body ? childrenOf(body) : [];
  const given = args.map(labelsOf).find((labels) => labels !== "scalar") ?? "unknown";
  const modifier = node.getChild("AggregateModifier");
  const clauses = modifier ? clauseLabels(promql, modifier) : [];
  const isWithout = modifier?.getChild("Without") !== null && modifier !== null;
  const named = new Set(clauses.map(({ label }) => label));

  for (const { label, clause, from, to } of clauses) {
    if (typeof given !== "object" || given.has(label)) continue;
    problem({ from, to }, `${clause} (${label}): ${name}() is given only ${list(given)}`);
  }
  if (CHOOSING.has(name)) return given;
  if (typeof given !== "object") return isWithout ? "unknown" : named;
  const left = isWithout ? given.difference(named) : named;
  const [first] = args;
  return name === "count_values" && first ? left.union(new Set([textOf(promql, first)])) : left;
}
