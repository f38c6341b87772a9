import type { Labels } from "../../labels.ts";
import { METRIC_NAME } from "../../labels.ts";
import type { Matcher } from "../../samples.ts";
import type { Call } from "../ast.ts";
import { QueryError } from "../errors.ts";
import type { Steps, StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import {
  IDENTIFYING_LABELS,
  type InfoSelection,
  infoSelection,
  isIdentified,
} from "./info_selection.ts";
import { mergeSameLabels } from "./names.ts";
import { inBraces } from "./one_side.ts";
import { selectorTimes } from "./selectors.ts";
import { draftSeries, type SeriesDraft, setValue, valueAt } from "./steps.ts";

/**
 * `info(vector, {data labels})`: adds labels of info metrics of the same `instance` and `job`, of
 * `target_info` unless a name is asked for.
 */
export async function infoCall(
  evaluator: Evaluator,
  call: Call,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const [vector] = call.arguments;
  if (vector === undefined) throw new TypeError("info() needs a vector");
  const base = await evaluator.vector(vector, steps);
  const selection = infoSelection(call, base);
  const infos = selection.matchers === undefined ? [] : await selectorTimes(
    evaluator,
    { ...selection, matchers: selection.matchers },
    steps,
    "info",
  );
  const bySignature = Map.groupBy(infos, ({ labels }) => signature(labels.metricName, labels));
  const names = [...new Set(infos.map(({ labels }) => labels.metricName))];
  const result: StepSeries[] = [];
  for (const series of base) {
    if (selection.isInfo(series.labels)) {
      result.push(series);
    } else {
      const groups = isIdentified(series.labels)
        ? names.map((name) => bySignature.get(signature(name, series.labels)) ?? [])
        : [];
      result.push(...enrich(series, groups, selection));
    }
    if (evaluator.pace.due()) await evaluator.pace.giveWay();
  }
  return mergeSameLabels(result, evaluator.pace);
}

function signature(name: string, labels: Labels): string {
  return [name, ...IDENTIFYING_LABELS.map((label) => labels.get(label))].join("\xff");
}

/** A series with the labels of info series; more than one where those change on the way. */
function enrich(
  series: StepSeries,
  groups: readonly (readonly StepSeries[])[],
  selection: InfoSelection,
): StepSeries[] {
  const outputs = new Map<string, SeriesDraft | undefined>();
  for (let step = 0; step < series.present.length; step++) {
    const value = valueAt(series, step);
    if (value === undefined) continue;
    const infos = groups.flatMap((group) => newest(group, step) ?? []);
    const key = infos.map(({ labels }) => labels.key).join("\xfe");
    if (!outputs.has(key)) {
      const labels = enrichedLabels(series.labels, infos, selection);
      outputs.set(
        key,
        labels && draftSeries(labels, series.present.length, series.dropName),
      );
    }
    const output = outputs.get(key);
    if (output !== undefined) setValue(output, step, value);
  }
  return [...outputs.values()].filter((output) => output !== undefined);
}

/** Of info series that say something about the same target the one that said it last. */
function newest(group: readonly StepSeries[], step: number): StepSeries | undefined {
  let latest: StepSeries | undefined;
  for (const info of group) {
    if (info.present[step] === 0) continue;
    const time = info.values[step] ?? NaN;
    const latestTime = latest?.values[step] ?? -Infinity;
    if (latest !== undefined && time === latestTime) {
      throw new QueryError(
        "execution",
        `found duplicate series for info metric: existing ${inBraces(latest.labels)} @ ` +
          `${latestTime * 1000}, new ${inBraces(info.labels)} @ ${time * 1000}`,
      );
    }
    if (time > latestTime) latest = info;
  }
  return latest;
}

/** Undefined where labels were asked for and there is nothing to take them from. */
function enrichedLabels(
  labels: Labels,
  infos: readonly StepSeries[],
  { dataMatchers }: InfoSelection,
): Labels | undefined {
  if (infos.length === 0) {
    return dataMatchers.every((matcher) => matcher.matches("")) ? labels : undefined;
  }
  const added = new Map<string, string>();
  for (const info of infos) {
    for (const [name, value] of info.labels) {
      if (name === METRIC_NAME || !isWanted(name, dataMatchers)) continue;
      const known = added.get(name);
      if (known !== undefined && known !== value) {
        throw new QueryError("execution", `conflicting label: ${name}`);
      }
      if (!labels.has(name)) added.set(name, value);
    }
  }
  let enriched = labels;
  for (const [name, value] of added) enriched = enriched.with(name, value);
  return enriched;
}

function isWanted(name: string, matchers: readonly Matcher[]): boolean {
  return matchers.length === 0 || matchers.some((matcher) => matcher.name === name);
}
