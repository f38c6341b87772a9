import { formatFloat } from "../../format_float.ts";
import { printHistogram } from "../../histogram/mod.ts";
import type { Labels } from "../../labels.ts";
import type { Aggregation } from "../ast.ts";
import { QueryError } from "../errors.ts";
import { quote } from "../print/mod.ts";
import { FLOAT, type Steps, type StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { groupLabels } from "./grouping.ts";
import { draftSeries, type SeriesDraft, valueAt } from "./steps.ts";

/** `count_values`: for each value of a group how many series have it, with the value as a label. */
export async function countValues(
  evaluator: Evaluator,
  { expression, parameter, grouping }: Aggregation,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const label = parameter?.kind === "string" ? parameter.value : "";
  if (label === "" || !label.isWellFormed()) {
    throw new QueryError("execution", `invalid label name ${quote(label)}`);
  }
  const groups = grouping.without
    ? grouping
    : { without: false, labels: [...grouping.labels, label] };
  const counts = new Map<string, SeriesDraft>();
  for (const series of await evaluator.vector(expression, steps)) {
    const looks = series.histograms === undefined ? 32 : 1;
    const outputs = new Map<string, SeriesDraft>();
    for (let step = 0; step < steps.count; step++) {
      const value = valueAt(series, step);
      if (value === undefined) continue;
      const text = typeof value === "number" ? formatFloat(value) : printHistogram(value);
      let output = outputs.get(text);
      if (output === undefined) {
        output = outputFor(counts, groupLabels(series.labels.with(label, text), groups), steps);
        outputs.set(text, output);
      }
      output.present[step] = FLOAT;
      output.values[step] = (output.values[step] as number) + 1;
      if (evaluator.pace.due(looks)) await evaluator.pace.giveWay();
    }
  }
  return [...counts.values()];
}

function outputFor(
  counts: Map<string, SeriesDraft>,
  labels: Labels,
  { count }: Steps,
): SeriesDraft {
  let output = counts.get(labels.key);
  if (output === undefined) counts.set(labels.key, output = draftSeries(labels, count, false));
  return output;
}
