import { Labels } from "../../labels.ts";
import type { Pace } from "../../pace.ts";
import type { Aggregation } from "../ast.ts";
import type { StepSeries } from "../value.ts";
import { METADATA_LABELS } from "./names.ts";

/** Series that are aggregated into one. */
export interface Group {
  readonly labels: Labels;
  readonly members: StepSeries[];
}

/** Puts series into the groups of `by` or `without`, in the order in which groups are first seen. */
export async function groupSeries(
  all: readonly StepSeries[],
  grouping: Aggregation["grouping"],
  pace: Pace,
): Promise<Group[]> {
  const groups = new Map<string, Group>();
  for (const series of all) {
    const key = groupKey(series.labels, grouping);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { labels: groupLabels(series.labels, grouping), members: [series] });
    } else {
      group.members.push(series);
    }
    if (pace.due(64)) await pace.giveWay();
  }
  return [...groups.values()];
}

/** The labels of the group that labels belong to. */
export function groupLabels(
  labels: Labels,
  { without, labels: names }: Aggregation["grouping"],
): Labels {
  if (without) return labels.without([...names, ...METADATA_LABELS]);
  return names.length === 0 ? Labels.EMPTY : labels.only(names);
}

function groupKey(labels: Labels, grouping: Aggregation["grouping"]): string {
  if (grouping.without) return groupLabels(labels, grouping).key;
  let key = "";
  for (const name of grouping.labels) key += `${labels.get(name)}\xff`;
  return key;
}
