/** `load_with_nhcb`: classic histograms as native ones with custom buckets. */
import { convertClassic, type FloatHistogram } from "../histogram/mod.ts";
import { type Labels, METRIC_NAME } from "../labels.ts";
import type { StoredSample } from "./memory_storage.ts";
import { ScriptError } from "./script_error.ts";
import { parseNumber } from "./text.ts";

/** A series that a storage can take. */
export interface LoadedSamples {
  readonly labels: Labels;
  readonly samples: readonly StoredSample[];
}

/** What `_bucket`, `_count` and `_sum` say of a classic histogram at one time. */
interface Classic {
  readonly buckets: Map<number, number>;
  count: number | undefined;
  sum: number;
}

/** The histograms that the classic ones among `series` make. Throws ScriptError where they make none. */
export function withCustomBuckets(series: readonly LoadedSamples[]): LoadedSamples[] {
  const families = new Map<string, { labels: Labels; byTime: Map<number, Classic> }>();
  for (const { labels, samples } of series) {
    const [, name, suffix] = /^(.*)_(bucket|count|sum)$/s.exec(labels.metricName) ?? [];
    const bound = parseNumber(labels.get("le")) ?? NaN;
    if (name === undefined || (suffix === "bucket" && Number.isNaN(bound))) continue;
    const base = labels.with(METRIC_NAME, name).without(["le"]);
    const family = families.get(base.key) ?? { labels: base, byTime: new Map<number, Classic>() };
    families.set(base.key, family);
    for (const { time, value } of samples) {
      if (typeof value === "object") continue;
      const classic = family.byTime.get(time) ?? { buckets: new Map(), count: undefined, sum: 0 };
      family.byTime.set(time, classic);
      if (suffix === "bucket") classic.buckets.set(bound, value ?? NaN);
      else if (suffix === "count") classic.count = value ?? NaN;
      else classic.sum = value ?? NaN;
    }
  }
  return [...families.values()].map(({ labels, byTime }) => ({
    labels,
    samples: [...byTime].map(([time, classic]) => ({
      time,
      value: toHistogram(classic, labels),
      start: 0,
    })),
  }));
}

function toHistogram({ buckets, count, sum }: Classic, labels: Labels): FloatHistogram {
  try {
    return convertClassic(
      [...buckets].map(([upper, cumulative]) => ({ upper, cumulative })),
      { sum, ...(count === undefined ? {} : { count }) },
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ScriptError(`${labels}: ${error.message}`, undefined, { cause: error });
  }
}
