/**
 * Which labels the result of an expression can have: the catalogue's labels, followed through
 * functions, aggregations and joins. On the way it finds every label that is asked for where it
 * cannot be, such as the `code` in `sum by (code) (sum by (job) (calls_total))`.
 *
 * @module
 */
import { labelsOfFunction } from "./result_labels/functions.ts";
import { labelsOfAggregation } from "./result_labels/aggregations.ts";
import { labelsOfBinary } from "./result_labels/joins.ts";
import type { Inference, LabelProblem, Labels } from "./result_labels/inference.ts";
import { labelsOfSelector } from "./result_labels/selectors.ts";
import type { Schema } from "./series.ts";
import { childrenOf, parsePromql, type SyntaxNode } from "./syntax.ts";

/** The labels of the result of `promql`, and every label that is asked for in vain. */
export function resultLabels(
  promql: string,
  schema: Schema,
): { readonly labels: Labels; readonly problems: readonly LabelProblem[] } {
  const problems: LabelProblem[] = [];
  const inference: Inference = {
    promql,
    schema,
    problem: ({ from, to }, what) => problems.push({ from, to, what }),
    labelsOf: (node) => labelsOf(node, inference),
  };
  const tree = parsePromql(promql);
  return { labels: tree ? inference.labelsOf(tree) : "unknown", problems };
}

function labelsOf(node: SyntaxNode, inference: Inference): Labels {
  switch (node.name) {
    case "VectorSelector":
      return labelsOfSelector(node, inference);
    case "FunctionCall":
      return labelsOfFunction(node, inference);
    case "AggregateExpr":
      return labelsOfAggregation(node, inference);
    case "BinaryExpr":
      return labelsOfBinary(node, inference);
    case "NumberDurationLiteral":
    case "StringLiteral":
      return "scalar";
    case "MatrixSelector":
    case "SubqueryExpr":
    case "OffsetExpr":
    case "StepInvariantExpr":
    case "ParenExpr":
      return inner(childrenOf(node)[0], inference);
    case "UnaryExpr":
      return inner(childrenOf(node).at(-1), inference);
    default:
      return "unknown";
  }
}

function inner(node: SyntaxNode | undefined, inference: Inference): Labels {
  return node ? inference.labelsOf(node) : "unknown";
}
