import { metricOf } from "../references.ts";
import { type Inference, type Labels, list } from "./inference.ts";
import { childrenOf, nodesNamed, type SyntaxNode, textOf } from "../syntax.ts";

/** Functions whose result is one number, or a vector without labels. */
const WITHOUT_LABELS: Readonly<Record<string, Labels>> = {
  scalar: "scalar",
  time: "scalar",
  pi: "scalar",
  vector: new Set(),
};

/** The labels that a function leaves: most keep those of the vector they get. */
export function labelsOfFunction(node: SyntaxNode, inference: Inference): Labels {
  const { promql, labelsOf, problem } = inference;
  const identifier = node.getChild("FunctionIdentifier");
  const name = identifier ? textOf(promql, identifier) : "";
  const body = node.getChild("FunctionCallBody");
  const args = body ? childrenOf(body) : [];
  const given = args.map(labelsOf);
  const vector = given.find((labels) => labels !== "scalar");
  const texts = args.map((arg) => textOf(promql, arg));

  const need = (label: string | undefined, at: SyntaxNode | undefined) => {
    if (!label || !at || typeof vector !== "object" || vector.has(label)) return;
    problem(at, `${name}() is given no label '${label}', only ${list(vector)}`);
  };

  switch (name) {
    case "absent":
    case "absent_over_time":
      return labelsOfAbsence(name, node, inference);
    case "histogram_quantile":
    case "histogram_fraction":
      need("le", identifier ?? undefined);
      return changed(vector, (labels) => labels.delete("le"));
    case "label_replace":
      need(texts[3], args[3]);
      return changed(vector, (labels) => labels.add(texts[1] ?? ""));
    case "label_join":
      for (const [i, text] of texts.entries()) if (i > 2) need(text, args[i]);
      return changed(vector, (labels) => labels.add(texts[1] ?? ""));
    case "sort_by_label":
    case "sort_by_label_desc":
      for (const [i, text] of texts.entries()) if (i > 0) need(text, args[i]);
      return vector ?? "unknown";
    case "info":
      return "unknown";
    default:
      return WITHOUT_LABELS[name] ?? vector ?? new Set();
  }
}

/** The result of absent() has the labels that the selector compares with `=`. */
function labelsOfAbsence(name: string, node: SyntaxNode, { promql }: Inference): Labels {
  const [selector] = nodesNamed(node, "VectorSelector");
  if (!selector) return new Set();
  const { matchers, appliedBy } = metricOf(promql, selector);
  const equal = appliedBy === name ? matchers.filter(({ operator }) => operator === "=") : [];
  return new Set(equal.map(({ label }) => label));
}

function changed(labels: Labels | undefined, change: (labels: Set<string>) => void): Labels {
  if (typeof labels !== "object") return labels ?? "unknown";
  const copy = new Set(labels);
  change(copy);
  return copy;
}
