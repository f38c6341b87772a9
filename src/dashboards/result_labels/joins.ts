import { clauseLabels, type LabelReference } from "../references.ts";
import { type Inference, type Labels, list } from "./inference.ts";
import { childrenOf, type SyntaxNode } from "../syntax.ts";

interface Join {
  readonly node: SyntaxNode;
  readonly left: ReadonlySet<string>;
  readonly right: ReadonlySet<string>;
  readonly modifier: SyntaxNode | undefined;
  readonly clauses: readonly LabelReference[];
}

/** The labels that an operator leaves. Two vectors are joined on labels that both must have. */
export function labelsOfBinary(node: SyntaxNode, inference: Inference): Labels {
  const children = childrenOf(node);
  const [first, last] = [children[0], children.at(-1)];
  if (!first || !last || first === last) return "unknown";
  const left = inference.labelsOf(first);
  const right = inference.labelsOf(last);
  if (left === "scalar") return right;
  if (right === "scalar") return left;
  if (left === "unknown" || right === "unknown") return "unknown";
  const modifier = children.find(({ name }) => name === "MatchingModifierClause");
  const clauses = modifier ? clauseLabels(inference.promql, modifier) : [];
  const join: Join = { node, left, right, modifier, clauses };
  if (node.getChild("Or")) return left.union(right);
  checkJoin(join, inference);
  return node.getChild("And") || node.getChild("Unless") ? left : joined(join);
}

function joined({ left, right, modifier, clauses }: Join): Labels {
  const named = labelsIn(clauses, "on", "ignoring");
  const taken = labelsIn(clauses, "group_left", "group_right");
  if (modifier?.getChild("GroupLeft")) return left.union(taken);
  if (modifier?.getChild("GroupRight")) return right.union(taken);
  return modifier?.getChild("On") ? named : left.difference(named);
}

function checkJoin({ node, left, right, modifier, clauses }: Join, { problem }: Inference): void {
  const sides = `left has ${list(left)}; right has ${list(right)}`;
  for (const { label, clause, from, to } of clauses) {
    const sources = {
      on: left.has(label) && right.has(label),
      ignoring: left.has(label) || right.has(label),
      "group_left": right.has(label),
      "group_right": left.has(label),
    };
    if (!(clause in sources) || sources[clause as keyof typeof sources]) continue;
    problem({ from, to }, `${clause} (${label}) finds no such label: ${sides}`);
  }
  if (modifier?.getChild("On")) return;
  const ignored = labelsIn(clauses, "ignoring");
  const apart = left.symmetricDifference(right).difference(ignored);
  if (apart.size > 0) {
    problem(
      modifier ?? node,
      `nothing matches, because only one side has ${list(apart)}: ${sides}`,
    );
  }
}

function labelsIn(
  clauses: readonly LabelReference[],
  ...wanted: LabelReference["clause"][]
): Set<string> {
  return new Set(clauses.filter(({ clause }) => wanted.includes(clause)).map(({ label }) => label));
}
