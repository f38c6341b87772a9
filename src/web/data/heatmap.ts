import type { QueryAnswer, RawSeries } from "./answers.ts";
import { parseValue } from "./numbers.ts";
import type { DataSeries } from "./series.ts";

/**
 * Buckets as a heatmap draws them: by rising `le`, each with what fell into it alone. Classic buckets
 * count all below too, so the bucket below is taken off. Series without `le` stay as they are, in front.
 */
export function separateBuckets(series: readonly DataSeries[]): DataSeries[] {
  const buckets = series.filter(({ labels }) => labels["le"] !== undefined);
  const bound = ({ labels }: DataSeries) => parseValue(labels["le"] ?? "");
  const groups = Map.groupBy(buckets, groupOf);
  const separated = [...groups.values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => bound(a) - bound(b));
    return sorted.map((bucket, at) => {
      const below = sorted[at - 1];
      return below === undefined ? bucket : { ...bucket, values: difference(bucket, below) };
    });
  });
  return [...series.filter(({ labels }) => labels["le"] === undefined), ...separated];
}

function groupOf({ refId, labels: { le: _, ...labels } }: DataSeries): string {
  return JSON.stringify([refId, Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1)]);
}

/** Never below nothing: scrapes of several targets may be between two counts. */
function difference(bucket: DataSeries, below: DataSeries): (number | null)[] {
  return bucket.values.map((value, at) => {
    const less = below.values[at] ?? 0;
    return value === null ? null : Math.max(0, value - less);
  });
}

/**
 * The buckets of native histograms as classic ones that do not add up, so that a heatmap can draw them:
 * a series for each upper bound, counts of all series together.
 */
export function classicFromNative(answer: QueryAnswer): QueryAnswer {
  if (!answer.series.some(({ histograms }) => histograms !== undefined)) return answer;
  const counts = new Map<string, Map<number, number>>();
  for (const { histograms = [] } of answer.series) {
    for (const [seconds, { buckets = [] }] of histograms) {
      for (const [, , upper, count] of buckets) {
        const bucket = counts.get(upper) ?? new Map<number, number>();
        counts.set(upper, bucket.set(seconds, (bucket.get(seconds) ?? 0) + parseValue(count)));
      }
    }
  }
  return { ...answer, series: cumulated(counts) };
}

/** Cumulated, as every other answer with `le` is. */
function cumulated(counts: ReadonlyMap<string, ReadonlyMap<number, number>>): RawSeries[] {
  const sums = new Map<number, number>();
  for (const bucket of counts.values()) for (const seconds of bucket.keys()) sums.set(seconds, 0);
  const seconds = [...sums.keys()].sort((a, b) => a - b);
  return [...counts].sort(([a], [b]) => parseValue(a) - parseValue(b)).map(([le, bucket]) => ({
    metric: { le },
    values: seconds.map((at) => {
      const sum = (sums.get(at) ?? 0) + (bucket.get(at) ?? 0);
      sums.set(at, sum);
      return [at, String(sum)] as const;
    }),
  }));
}
