/** Puts the series of a `load` into a storage. */
import { type LoadedSamples, withCustomBuckets } from "./custom_buckets.ts";
import type { MemoryStorage, StoredSample } from "./memory_storage.ts";
import type { LoadCommand, LoadedSeries } from "./script.ts";

/** The first value stands at the epoch. */
export function load(
  storage: MemoryStorage,
  { series, step, withCustomBuckets: add }: LoadCommand,
): void {
  const byLabels = new Map(series.map((one) => [one.labels.key, one]));
  const loaded: LoadedSamples[] = [...byLabels.values()].map((one) => ({
    labels: one.labels,
    samples: toSamples(one, step),
  }));
  if (add) loaded.push(...withCustomBuckets(loaded));
  for (const { labels, samples } of loaded) storage.append(labels, samples);
}

function toSamples({ values, starts }: LoadedSeries, step: number): StoredSample[] {
  return values.flatMap((value, i): StoredSample[] => {
    if (value.kind === "omitted") return [];
    const time = i * step;
    const offset = starts?.[i];
    const start = offset === undefined ? 0 : time + offset;
    if (value.kind === "stale") return [{ time, value: undefined, start }];
    return [{ time, value: value.kind === "number" ? value.value : value.histogram, start }];
  });
}
