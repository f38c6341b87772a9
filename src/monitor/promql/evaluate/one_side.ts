import type { Labels } from "../../labels.ts";
import type { VectorMatching } from "../ast.ts";
import { QueryError } from "../errors.ts";
import type { StepSeries } from "../value.ts";
import { matchedLabels, type MatchGroups } from "./matching.ts";

/** The side of an operator of which at most one series may be in a match group at any step. */
export class OneSide {
  /** A series, or where a group has several the one that counts at each step. */
  readonly #byGroup: (StepSeries | readonly (StepSeries | undefined)[] | undefined)[];

  /** Throws a {@linkcode QueryError} where a group has two series at a step. */
  constructor(
    series: readonly StepSeries[],
    others: readonly StepSeries[],
    groups: MatchGroups,
    matching: VectorMatching,
    stepCount: number,
  ) {
    const members = new Array<StepSeries[] | undefined>(groups.count).fill(undefined);
    for (const [index, one] of series.entries()) {
      (members[groups.right[index] ?? 0] ??= []).push(one);
    }
    this.#byGroup = members.map((all) =>
      all === undefined || all.length < 2 ? all?.[0] : bySteps(all, others, matching, stepCount)
    );
  }

  /** The series of a group that has but one. */
  only(group: number): StepSeries | undefined {
    const found = this.#byGroup[group];
    return found !== undefined && "present" in found ? found : undefined;
  }

  /** The series of a group at a step; undefined where there is none with a value. */
  at(group: number, step: number): StepSeries | undefined {
    const found = this.#byGroup[group];
    if (found === undefined) return undefined;
    if (!("present" in found)) return found[step];
    return found.present[step] === 0 ? undefined : found;
  }
}

function bySteps(
  all: readonly StepSeries[],
  others: readonly StepSeries[],
  matching: VectorMatching,
  stepCount: number,
): (StepSeries | undefined)[] {
  const chosen = new Array<StepSeries | undefined>(stepCount).fill(undefined);
  // Where there is nothing to be matched, duplicates do no harm.
  const isLookedAt = (step: number) =>
    matching.fillLeft !== undefined || matching.fillRight !== undefined ||
    others.some(({ present }) => present[step] !== 0);
  for (const series of all) {
    for (let step = 0; step < stepCount; step++) {
      if (series.present[step] === 0) continue;
      const first = chosen[step];
      if (first !== undefined && isLookedAt(step)) {
        throw duplicateError(first.labels, series.labels, matching);
      }
      chosen[step] = series;
    }
  }
  return chosen;
}

function duplicateError(first: Labels, second: Labels, matching: VectorMatching): QueryError {
  const group = inBraces(matchedLabels(first, matching));
  const side = matching.cardinality === "one-to-many" ? "left" : "right";
  const both = [inBraces(first), inBraces(second)].sort();
  return new QueryError(
    "execution",
    `found duplicate series for the match group ${group} on the ${side} hand-side of the ` +
      `operation: [${both.join(", ")}];many-to-many matching not allowed: matching labels must ` +
      "be unique on one side",
  );
}

const PLAIN_LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Labels as errors show them: `{__name__="up", job="echo"}`. */
export function inBraces(labels: Labels): string {
  const parts = Array.from(labels, ([name, value]) => {
    const shown = PLAIN_LABEL.test(name) ? name : JSON.stringify(name);
    return `${shown}=${JSON.stringify(value)}`;
  });
  return `{${parts.join(", ")}}`;
}
