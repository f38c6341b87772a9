/** What random queries grow from. */
import type { SeededRandom } from "../../testing/fuzz.ts";
import type { Labels } from "../labels.ts";
import { METRIC_NAME } from "../labels.ts";
import type { Signature } from "../promql/functions/signature.ts";

/** Values of each label, by its name. */
export type MetricLabels = ReadonlyMap<string, readonly string[]>;

/** What there is to ask for, and how much of it. */
export interface Growth {
  readonly random: SeededRandom;
  /** What each metric has, by its name; one that does not exist is among them. */
  readonly metrics: ReadonlyMap<string, MetricLabels>;
  readonly functions: readonly Signature[];
  /** Whether what is still behind feature flags comes too: `smoothed`, `fill`, `limitk`, `5m + 1m`. */
  readonly isExperimental: boolean;
  /** Whole milliseconds for `@` and the like, as the data have them. */
  readonly start: number;
  readonly end: number;
}

/** What the data have, for queries to ask for. */
export function growthOf(
  random: SeededRandom,
  series: readonly { readonly labels: Labels }[],
  rest: Pick<Growth, "functions" | "isExperimental" | "start" | "end">,
): Growth {
  const metrics = new Map<string, Map<string, string[]>>([["missing", new Map()]]);
  for (const one of series) {
    const labels = metrics.get(one.labels.metricName) ?? new Map<string, string[]>();
    metrics.set(one.labels.metricName, labels);
    for (const [name, value] of one.labels.without([METRIC_NAME])) {
      const values = labels.get(name) ?? [];
      labels.set(name, values.includes(value) ? values : [...values, value]);
    }
  }
  return { random, metrics, ...rest };
}

/** True in one of `times` cases. */
export function oneIn(random: SeededRandom, times: number): boolean {
  return random.below(times) === 0;
}

/** One of `choices`, by weight. */
export function choose<T>(
  random: SeededRandom,
  choices: readonly (readonly [weight: number, choice: T])[],
): T {
  let left = random.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
  const found = choices.find(([weight]) => (left -= weight) < 0) ?? choices[0];
  if (found === undefined) throw new RangeError("Cannot choose one of nothing");
  return found[1];
}

/** Up to `most` different ones of `items`. */
export function some<T>(random: SeededRandom, items: readonly T[], most: number): T[] {
  const picked = new Set<T>();
  for (let left = random.below(most + 1); left > 0 && items.length > 0; left--) {
    picked.add(random.pick(items));
  }
  return [...picked];
}
