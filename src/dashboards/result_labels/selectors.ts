import { metricOf } from "../references.ts";
import { type Inference, type Labels, list } from "./inference.ts";
import type { SyntaxNode } from "../syntax.ts";

/** The labels that the selected series have. That a metric exists is another check. */
export function labelsOfSelector(node: SyntaxNode, inference: Inference): Labels {
  const { name, isPattern, matchers } = metricOf(inference.promql, node);
  const known = isPattern
    ? [...inference.schema.values()].filter((one) => new RegExp(`^(?:${name})$`).test(one.name))
    : [inference.schema.get(name)].filter((one) => one !== undefined);
  if (known.length === 0) return "unknown";
  const labels = new Set(known.flatMap((one) => [...one.labels]));
  for (const { label, from, to } of matchers) {
    if (!labels.has(label)) {
      inference.problem({ from, to }, `'${name}' has no label '${label}'; it has ${list(labels)}`);
    }
  }
  return labels;
}
