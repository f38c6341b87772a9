import type { Labels } from "../../labels.ts";
import type { Pace } from "../../pace.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import type { VectorMatching } from "../ast.ts";
import type { StepSeries } from "../value.ts";
import { METADATA_LABELS } from "./names.ts";

/** Series of two vectors with the number of the match group that each belongs to. */
export interface MatchGroups {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly count: number;
}

/** Puts series that match each other into the same group, both from the left and the right. */
export async function matchGroups(
  left: readonly StepSeries[],
  right: readonly StepSeries[],
  matching: Pick<VectorMatching, "on" | "labels">,
  pace: Pace,
): Promise<MatchGroups> {
  const numbers = new Map<string, number>();
  const numberAll = async (all: readonly StepSeries[]) => {
    const groups = new Int32Array(all.length);
    for (const [index, { labels }] of all.entries()) {
      const key = matchKey(labels, matching);
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, number = numbers.size);
      groups[index] = number;
      if (pace.due(64)) await pace.giveWay();
    }
    return groups;
  };
  return { left: await numberAll(left), right: await numberAll(right), count: numbers.size };
}

/** The same for labels that match. */
function matchKey(labels: Labels, matching: Pick<VectorMatching, "on" | "labels">): string {
  if (!matching.on) return matchedLabels(labels, matching).key;
  let key = "";
  for (const name of matching.labels) key += `${labels.get(name)}\xff`;
  return key;
}

/** The labels that decide about a match. */
export function matchedLabels(
  labels: Labels,
  { on, labels: names }: Pick<VectorMatching, "on" | "labels">,
): Labels {
  return on ? labels.only(names) : labels.without([...METADATA_LABELS, ...names]);
}

/** For each match group the steps at which some series of it has a value. */
export async function groupPresence(
  all: readonly StepSeries[],
  groups: Int32Array,
  count: number,
  pace: Pace,
): Promise<(Uint8Array | undefined)[]> {
  const presence = new Array<Uint8Array | undefined>(count).fill(undefined);
  for (const [index, { present }] of all.entries()) {
    const group = groups[index] ?? 0;
    const known = presence[group];
    if (known === undefined) {
      presence[group] = present.slice();
    } else {
      await inStretches(known.length, STRETCH, pace, (from, to) => {
        for (let step = from; step < to; step++) {
          known[step] = (known[step] as number) | (present[step] as number);
        }
      });
    }
    if (pace.due(16)) await pace.giveWay();
  }
  return presence;
}
