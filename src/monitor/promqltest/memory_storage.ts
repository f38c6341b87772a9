/** A storage for one script: everything in memory, nothing refused. */
import { type FloatHistogram, storedCounterReset } from "../histogram/mod.ts";
import { type Labels, METRIC_NAME } from "../labels.ts";
import type {
  Exemplar,
  Matcher,
  MetricMetadata,
  Queryable,
  Samples,
  Series,
  TimeRange,
} from "../samples.ts";

/** One sample; `value` undefined is the stale marker. */
export interface StoredSample {
  /** Milliseconds. */
  readonly time: number;
  readonly value: number | FloatHistogram | undefined;
  /** Milliseconds; 0 is not known. */
  readonly start: number;
}

type Groups = readonly (readonly Matcher[])[];

/** Series and their samples, as a query reads them. */
export class MemoryStorage implements Queryable {
  readonly #series = new Map<string, { labels: Labels; samples: Map<number, StoredSample> }>();
  readonly #columns = new Map<string, Samples>();

  /** Adds samples to a series; a later one replaces an earlier one of the same time. */
  append(labels: Labels, samples: readonly StoredSample[]): void {
    if (samples.length === 0) return;
    let series = this.#series.get(labels.key);
    if (series === undefined) {
      series = { labels, samples: new Map() };
      this.#series.set(labels.key, series);
    }
    for (const sample of samples) series.samples.set(sample.time, sample);
    this.#columns.delete(labels.key);
  }

  clear(): void {
    this.#series.clear();
    this.#columns.clear();
  }

  select(matchers: readonly Matcher[], range: TimeRange): Promise<Series[]> {
    return Promise.resolve(this.#find([matchers], range));
  }

  series(groups: Groups, range: TimeRange): Promise<Labels[]> {
    return Promise.resolve(this.#find(groups, range).map(({ labels }) => labels));
  }

  async labelNames(groups: Groups, range: TimeRange): Promise<string[]> {
    return sortedSet((await this.series(groups, range)).flatMap((labels) => labels.names()));
  }

  async labelValues(name: string, groups: Groups, range: TimeRange): Promise<string[]> {
    const series = await this.series(groups, range);
    return sortedSet(series.map((labels) => labels.get(name)).filter((value) => value !== ""));
  }

  exemplars(): Promise<{ labels: Labels; exemplars: Exemplar[] }[]> {
    return Promise.resolve([]);
  }

  metadata(): ReadonlyMap<string, readonly MetricMetadata[]> {
    return new Map();
  }

  #find(groups: Groups, range: TimeRange): Series[] {
    const found: Series[] = [];
    for (const [key, { labels, samples }] of this.#series) {
      if (groups.length > 0 && !groups.some((group) => meets(labels, group))) continue;
      const columns = this.#columns.get(key) ?? toColumns([...samples.values()]);
      this.#columns.set(key, columns);
      const part = between(columns, range);
      if (part.times.length > 0) found.push({ labels, samples: part });
    }
    return found;
  }
}

function meets(labels: Labels, matchers: readonly Matcher[]): boolean {
  return matchers.every((matcher) =>
    matcher.matches(matcher.name === METRIC_NAME ? labels.metricName : labels.get(matcher.name))
  );
}

function toColumns(unsorted: readonly StoredSample[]): Samples {
  const samples = withResetHints(unsorted.toSorted((a, b) => a.time - b.time));
  const histograms = samples.map(({ value }) => typeof value === "object" ? value : undefined);
  return {
    times: Float64Array.from(samples, ({ time }) => time),
    values: Float64Array.from(samples, ({ value }) => typeof value === "number" ? value : NaN),
    ...(samples.some(({ value }) => value === undefined)
      ? { stale: Uint8Array.from(samples, ({ value }) => value === undefined ? 1 : 0) }
      : {}),
    ...(histograms.some((histogram) => histogram !== undefined) ? { histograms } : {}),
    ...(samples.some(({ start }) => start !== 0)
      ? { starts: Float64Array.from(samples, ({ start }) => start) }
      : {}),
  };
}

/** Counter reset hints as Prometheus' storage gives them back, whatever the samples came with. */
function withResetHints(samples: readonly StoredSample[]): StoredSample[] {
  return samples.map((sample, i) => {
    const { value } = sample;
    if (typeof value !== "object") return sample;
    const previous = samples[i - 1]?.value;
    const counterReset = storedCounterReset(
      value,
      typeof previous === "object" ? previous : undefined,
    );
    return { ...sample, value: { ...value, counterReset } };
  });
}

function between({ times, values, stale, histograms, starts }: Samples, range: TimeRange): Samples {
  let from = 0;
  while (from < times.length && (times[from] ?? 0) < range.start) from++;
  let to = times.length;
  while (to > from && (times[to - 1] ?? 0) > range.end) to--;
  return {
    times: times.subarray(from, to),
    values: values.subarray(from, to),
    ...(stale === undefined ? {} : { stale: stale.subarray(from, to) }),
    ...(histograms === undefined ? {} : { histograms: histograms.slice(from, to) }),
    ...(starts === undefined ? {} : { starts: starts.subarray(from, to) }),
  };
}

function sortedSet(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
