/** `absent`, and what it has in common with `absent_over_time`. */
import { type Label, Labels, METRIC_NAME } from "../../labels.ts";
import type { Expression } from "../ast.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import { ABSENT, FLOAT, type StepSeries } from "../value.ts";
import type { FunctionImplementation, VectorCall } from "./function.ts";

export const ABSENCE: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["absent", { kind: "vector", evaluate: absent }],
  ["absent_over_time", { kind: "evaluator" }],
]);

/**
 * The labels of what is missing: those that the selector asks for with `=`, each once. Empty for any
 * other expression.
 */
export function absentLabels(expression: Expression): Labels {
  if (expression.kind === "parentheses") return absentLabels(expression.expression);
  const selector = expression.kind === "range" ? expression.selector : expression;
  if (selector.kind !== "selector") return Labels.EMPTY;
  const labels = new Map<Label[0], Label[1]>();
  const seen = new Set<string>();
  for (const { type, name, value } of selector.matchers) {
    if (name === METRIC_NAME) continue;
    if (type === "=" && !seen.has(name)) {
      labels.set(name, value);
      seen.add(name);
    } else {
      labels.delete(name);
    }
  }
  return Labels.of(labels);
}

/** 1 at each step where the vector has nothing. */
async function absent(call: VectorCall): Promise<StepSeries[]> {
  const present = new Uint8Array(call.steps.count).fill(FLOAT);
  for (const series of call.vector(0)) {
    await inStretches(present.length, STRETCH, call.pace, (from, to) => {
      for (let i = from; i < to; i++) {
        if (series.present[i] !== ABSENT) present[i] = ABSENT;
      }
    });
    if (call.pace.due(64)) await call.pace.giveWay();
  }
  if (!present.includes(FLOAT)) return [];
  const [expression] = call.arguments;
  return [{
    labels: expression === undefined ? Labels.EMPTY : absentLabels(expression),
    present,
    values: new Float64Array(present.length).fill(1),
    dropName: false,
  }];
}
