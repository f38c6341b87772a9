/** Functions that change labels: `label_replace` and `label_join`. */
import { type Labels, METRIC_NAME } from "../../labels.ts";
import { type AnchoredPattern, compileAnchored } from "../../store/regexp.ts";
import { QueryError } from "../errors.ts";
import type { StepSeries } from "../value.ts";
import type { FunctionImplementation, VectorCall } from "./function.ts";
import { expandTemplate, parseTemplate } from "./go_template.ts";

export const LABELS: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["label_replace", { kind: "vector", evaluate: labelReplace }],
  ["label_join", { kind: "vector", evaluate: labelJoin }],
]);

function labelReplace(call: VectorCall): Promise<StepSeries[]> {
  const target = call.string(1);
  const template = parseTemplate(call.string(2));
  const source = call.string(3);
  const pattern = compile(call.string(4));
  checkName(target, "destination", "label_replace");
  return relabel(call, target, (labels) => {
    const groups = pattern.groups(labels.get(source));
    return groups && expandTemplate(template, groups, pattern.groupNames);
  });
}

function labelJoin(call: VectorCall): Promise<StepSeries[]> {
  const target = call.string(1);
  const separator = call.string(2);
  const sources = call.arguments.slice(3).map((_, i) => call.string(i + 3));
  for (const source of sources) checkName(source, "source", "label_join");
  checkName(target, "destination", "label_join");
  return relabel(
    call,
    target,
    (labels) => sources.map((source) => labels.get(source)).join(separator),
  );
}

/** Sets a label of all series to what `value` gives; those where it gives undefined stay as they are. */
async function relabel(
  call: VectorCall,
  target: string,
  value: (labels: Labels) => string | undefined,
): Promise<StepSeries[]> {
  const result: StepSeries[] = [];
  for (const series of call.vector(0)) {
    const text = value(series.labels);
    result.push(
      text === undefined ? series : {
        ...series,
        labels: series.labels.with(target, text),
        dropName: series.dropName && target !== METRIC_NAME,
      },
    );
    if (call.pace.due(16)) await call.pace.giveWay();
  }
  return result;
}

function compile(pattern: string): AnchoredPattern {
  try {
    return compileAnchored(pattern);
  } catch (cause) {
    throw new QueryError(
      "execution",
      `invalid regular expression in label_replace(): ${pattern}`,
      { cause },
    );
  }
}

function checkName(name: string, role: "source" | "destination", caller: string): void {
  if (name !== "" && name.isWellFormed()) return;
  throw new QueryError("execution", `invalid ${role} label name in ${caller}(): ${name}`);
}
