/**
 * The samples that were scraped: compressed, in memory, with limits; `openStore` keeps them on disk too.
 *
 * @module
 */
import type { Labels } from "../labels.ts";
import { Pace } from "../pace.ts";
import type {
  Exemplar,
  Matcher,
  MetricMetadata,
  Queryable,
  ReadOptions,
  Series,
  TimeRange,
} from "../samples.ts";
import { sortInSlices } from "../sort_in_slices.ts";
import type { AppendResult, BatchSample, Refusal, ScrapeBatch } from "./batch.ts";
import { ExemplarRing } from "./exemplar_ring.ts";
import type { Journal } from "./journal.ts";
import type { LabelIndex } from "./label_index.ts";
import { MetadataTable } from "./metadata.ts";
import { storeLimits, type StoreOptions } from "./options.ts";
import { SeriesHandle, type StoredSeries } from "./series.ts";
import { SeriesTable } from "./series_table.ts";
import { SpanCache } from "./span_cache.ts";

/** How far ahead of the clock a sample may be, as in Prometheus. */
const MAX_AHEAD = 10 * 60_000;

/** What a store holds at the moment. */
export interface StoreStats {
  readonly series: number;
  readonly samples: number;
  /** Of samples and times; not of labels. */
  readonly bytes: number;
  /** Undefined where there are no samples. Milliseconds; the oldest may lie a little later. */
  readonly minTime: number | undefined;
  readonly maxTime: number | undefined;
  /** Since the start. */
  readonly appendedSamples: number;
  readonly refusedSamples: Readonly<Record<Refusal, number>>;
  /** Series that went before their time since the limit was met. */
  readonly evictedSeries: number;
  /** Samples older than this have gone, by retention or by the limit of bytes. */
  readonly keptSince: number | undefined;
}

/** The inside of a store, for its journal. */
export interface StoreContents {
  readonly table: SeriesTable;
  readonly exemplars: ExemplarRing;
}

/** A time series database. Appending is synchronous; reading gives way to others. */
export class Store implements Queryable {
  readonly #clock: () => number;
  readonly #table: SeriesTable;
  readonly #exemplars: ExemplarRing;
  readonly #metadata: MetadataTable;
  readonly #refused = noRefusals();
  #appended = 0;
  #journal: Journal | undefined;

  constructor(options: StoreOptions = {}) {
    const limits = storeLimits(options);
    this.#clock = limits.clock;
    this.#table = new SeriesTable(limits);
    this.#exemplars = new ExemplarRing(limits.maxExemplars);
    this.#metadata = new MetadataTable(limits.maxSeries);
  }

  /** Tells `journal` of everything from now on; what came before was read back and is not counted. */
  record(journal: Journal): void {
    this.#journal = journal;
    this.#appended = 0;
    Object.assign(this.#refused, noRefusals());
  }

  /** What a journal writes to its blocks, and puts back from them. */
  get contents(): StoreContents {
    return { table: this.#table, exemplars: this.#exemplars };
  }

  /** For samples of the same series again and again: looking it up costs nothing then. */
  handle(labels: Labels): SeriesHandle {
    return new SeriesHandle(labels);
  }

  /**
   * Makes the series of a batch that are new, giving way to others: a first scrape of thousands of
   * series would hold them up otherwise. `append` does it itself where this was not called.
   */
  async prepare({ time, samples }: ScrapeBatch): Promise<void> {
    const pace = new Pace();
    for (const { series } of samples) {
      this.#table.open(series, time);
      if (pace.due(8)) await pace.giveWay();
    }
  }

  /** Stores a scrape at once: no query sees a part of it. Samples that cannot be stored are counted. */
  append(batch: ScrapeBatch): AppendResult {
    const table = this.#table;
    const refused = noRefusals();
    const stored: StoredSeries[] = [];
    const storedSamples: BatchSample[] = [];
    const latest = this.#clock() + MAX_AHEAD;
    const oldest = table.keptSince;
    let added = 0;
    let place: { readonly column: number; readonly index: number } | undefined;
    let appended = 0;
    for (const sample of batch.samples) {
      const time = sample.time ?? batch.time;
      if (!Number.isSafeInteger(time) || time > latest || time < oldest) {
        refused.outOfBounds++;
        continue;
      }
      const series = this.#table.open(sample.series, time);
      if (series === undefined) {
        refused.tooManySeries++;
        continue;
      }
      if (time <= series.lastTime) {
        if (time < series.lastTime) refused.outOfOrder++;
        else if (isSame(series, sample)) appended++;
        else refused.duplicate++;
        continue;
      }
      if (series.lastTime === -Infinity) added++;
      if (time === batch.time) place ??= table.columns.place(batch.source, time);
      if (time === batch.time && place !== undefined && place.index !== -1) {
        table.append(series, place, time, sample);
      } else table.appendAlone(series, time, sample);
      if (sample.exemplar !== undefined) this.#exemplars.add(series, sample.exemplar);
      appended++;
      if (this.#journal !== undefined) {
        stored.push(series);
        storedSamples.push(sample);
      }
    }
    if (stored.length > 0) this.#journal?.batch(batch.source, batch.time, stored, storedSamples);
    this.#appended += appended;
    for (const reason of REFUSALS) this.#refused[reason] += refused[reason];
    table.tidy();
    return { appended, added, refused };
  }

  /** Says what a metric is; what is known already costs little. */
  addMetadata(family: string, metadata: MetricMetadata): void {
    if (this.#metadata.add(family, metadata)) this.#journal?.metadata(family, metadata);
  }

  metadata(): ReadonlyMap<string, readonly MetricMetadata[]> {
    return this.#metadata.families;
  }

  async select(
    matchers: readonly Matcher[],
    range: TimeRange,
    { signal }: ReadOptions = {},
  ): Promise<Series[]> {
    signal?.throwIfAborted();
    const pace = new Pace({ signal });
    const spans = new SpanCache(this.#table.columns, range);
    const found: Series[] = [];
    for (const series of await this.#table.index.find(matchers, pace)) {
      const samples = series.samples(range, spans);
      if (samples !== undefined) found.push({ labels: series.labels, samples });
      if (pace.due()) await pace.giveWay();
    }
    return found;
  }

  async series(
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    { signal }: ReadOptions = {},
  ): Promise<Labels[]> {
    return (await this.#find(groups, range, new Pace({ signal }))).map((series) => series.labels);
  }

  async #find(
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    pace: Pace,
  ): Promise<StoredSeries[]> {
    const found = new Set<StoredSeries>();
    for (const group of groups.length === 0 ? [[]] : groups) {
      for (const series of await this.#table.index.find(group, pace)) {
        if (series.overlaps(range)) found.add(series);
        if (pace.due(64)) await pace.giveWay();
      }
    }
    return [...found];
  }

  async labelNames(
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    { signal }: ReadOptions = {},
  ): Promise<string[]> {
    const pace = new Pace({ signal });
    if (groups.length === 0) {
      const names = await this.#table.index.namesWhere((series) => series.overlaps(range), pace);
      return names.sort();
    }
    const names = new Set<string>();
    for (const series of await this.#find(groups, range, pace)) {
      for (const name of series.labels.names()) names.add(name);
      if (pace.due(64)) await pace.giveWay();
    }
    return [...names].sort();
  }

  async labelValues(
    name: string,
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    { signal }: ReadOptions = {},
  ): Promise<string[]> {
    const pace = new Pace({ signal });
    if (groups.length === 0) {
      const overlaps = (series: StoredSeries) => series.overlaps(range);
      return await sorted(await this.#table.index.valuesWhere(name, overlaps, pace), pace);
    }
    const values = new Set<string>();
    for (const series of await this.#find(groups, range, pace)) {
      const value = series.labels.get(name);
      if (value !== "") values.add(value);
      if (pace.due(64)) await pace.giveWay();
    }
    return await sorted([...values], pace);
  }

  async exemplars(
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    { signal }: ReadOptions = {},
  ): Promise<{ readonly labels: Labels; readonly exemplars: readonly Exemplar[] }[]> {
    const everything = { start: -Infinity, end: Infinity };
    const pace = new Pace({ signal });
    const series = new Set(await this.#find(groups, everything, pace));
    const found = Array.from(
      this.#exemplars.find(series, range),
      ([{ labels }, exemplars]) => ({ labels, exemplars }),
    );
    return await sortInSlices(found, (a, b) => a.labels.compare(b.labels), pace);
  }

  /** Counts; goes through all series for the oldest time. */
  stats(): StoreStats {
    const { size, samples, bytes, oldest, newest, keptSince, evicted } = this.#table;
    return {
      series: size,
      samples,
      bytes,
      minTime: Number.isFinite(oldest) ? Math.max(oldest, keptSince) : undefined,
      maxTime: samples > 0 ? newest : undefined,
      appendedSamples: this.#appended,
      refusedSamples: { ...this.#refused },
      evictedSeries: evicted,
      keptSince: Number.isFinite(keptSince) ? keptSince : undefined,
    };
  }

  /** How the series are spread over labels. */
  get index(): Pick<LabelIndex, "names" | "values" | "counts" | "valueCounts"> {
    return this.#table.index;
  }

  /** Writes what is waiting to be written, where there is a directory. */
  async flush(): Promise<void> {
    await this.#journal?.flush();
  }

  /** Turns the log on disk into a compressed block now, not only every hour. */
  async compact(): Promise<void> {
    await this.#journal?.compact();
  }

  /** Writes what is waiting to be written. The samples can still be read. */
  async close(): Promise<void> {
    const journal = this.#journal;
    this.#journal = undefined;
    await journal?.close();
  }
}

function sorted(texts: readonly string[], pace: Pace): Promise<string[]> {
  return sortInSlices(texts, (a, b) => a < b ? -1 : a > b ? 1 : 0, pace);
}

const REFUSALS: readonly Refusal[] = ["outOfOrder", "duplicate", "outOfBounds", "tooManySeries"];

function noRefusals(): Record<Refusal, number> {
  return { outOfOrder: 0, duplicate: 0, outOfBounds: 0, tooManySeries: 0 };
}

/** Whether a sample is the one that the series has already. */
function isSame(series: StoredSeries, sample: BatchSample): boolean {
  if (sample.stale === true || series.isStale) return sample.stale === true && series.isStale;
  return sample.histogram === undefined && Object.is(sample.value, series.lastValue);
}
