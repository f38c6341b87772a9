import { Labels, METRIC_NAME } from "../labels.ts";
import type { VectorSample } from "../promql/value.ts";
import type { Interruptible } from "../stretches.ts";
import type { RecordingRule } from "./model.ts";

/**
 * What a recording rule stores of its query's result: the same values under its name and labels. Throws
 * an Error where two series become one, and where there are more than `limit`. Yields after each.
 */
export function* recorded(
  rule: RecordingRule,
  result: readonly VectorSample[],
  limit: number,
): Interruptible<VectorSample[]> {
  const keys = new Set<string>();
  const samples: VectorSample[] = [];
  for (const { labels, value } of result) {
    const named = overlaid(labels.with(METRIC_NAME, rule.name), rule.labelValues);
    if (keys.has(named.key)) {
      throw new Error(
        "vector contains metrics with the same labelset after applying rule labels: two series " +
          `would be ${named}`,
      );
    }
    keys.add(named.key);
    samples.push({ labels: named, value });
    yield;
  }
  if (limit > 0 && samples.length > limit) {
    throw new Error(`exceeded limit of ${limit} with ${samples.length} series`);
  }
  return samples;
}

function overlaid(labels: Labels, values: ReadonlyMap<string, string>): Labels {
  return values.size === 0 ? labels : Labels.of([...labels, ...values]);
}
