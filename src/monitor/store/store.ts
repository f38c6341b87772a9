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
import { finish, finishInSlices, type Interruptible } from "../stretches.ts";
import { Appending, noRefusals, REFUSALS } from "./appending.ts";
import type { AppendResult, Refusal, ScrapeBatch } from "./batch.ts";
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

/** A time series database. Reading gives way to others, and so does storing what is long. */
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
   * Stores a scrape in one go, so only what is short; no query sees a part of it. Samples that cannot be
   * stored are counted.
   */
  append(batch: ScrapeBatch): AppendResult {
    return finish(this.#append(batch));
  }

  /**
   * {@linkcode Store.append} of what may be long, with turns for others in between. No query sees a part
   * of it either: its times show when all of it is there. A source stores one batch at a time.
   */
  async appendInSlices(batch: ScrapeBatch, pace: Pace = new Pace()): Promise<AppendResult> {
    return await finishInSlices(this.#append(batch), pace);
  }

  *#append(batch: ScrapeBatch): Interruptible<AppendResult> {
    const work = new Appending(batch, this.#clock() + MAX_AHEAD, {
      table: this.#table,
      exemplars: this.#exemplars,
      journal: this.#journal,
    });
    try {
      while (work.storeSome()) yield;
    } finally {
      // Whatever ends it: a batch that never became whole would hide all that follow.
      work.end();
    }
    const { result } = work;
    this.#appended += result.appended;
    for (const reason of REFUSALS) this.#refused[reason] += result.refused[reason];
    yield* this.#table.tidy();
    return result;
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
      const work = series.samples(range, spans);
      const { done, value } = work.next();
      const samples = done === true ? value : await finishInSlices(work, pace);
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
    const found = await this.#find(groups, range, new Pace({ signal }));
    return Array.from(found, (series) => series.labels);
  }

  async #find(
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    pace: Pace,
  ): Promise<Set<StoredSeries>> {
    const found = new Set<StoredSeries>();
    for (const group of groups.length === 0 ? [[]] : groups) {
      for (const series of await this.#table.index.find(group, pace)) {
        if (series.overlaps(range)) found.add(series);
        if (pace.due(64)) await pace.giveWay();
      }
    }
    return found;
  }

  async labelNames(
    groups: readonly (readonly Matcher[])[],
    range: TimeRange,
    { signal }: ReadOptions = {},
  ): Promise<string[]> {
    const pace = new Pace({ signal });
    if (groups.length === 0) {
      const names = await this.#table.index.namesWhere((series) => series.overlaps(range), pace);
      return await sorted(names, pace);
    }
    const names = new Set<string>();
    for (const series of await this.#find(groups, range, pace)) {
      for (const name of series.labels.names()) names.add(name);
      if (pace.due(64)) await pace.giveWay();
    }
    return await sorted([...names], pace);
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
    const series = await this.#find(groups, everything, pace);
    const found = Array.from(
      this.#exemplars.find(series, range),
      ([{ labels }, exemplars]) => ({ labels, exemplars }),
    );
    return await sortInSlices(found, (a, b) => a.labels.compare(b.labels), pace);
  }

  /** Counts. */
  stats(): StoreStats {
    const { size, samples, bytes, oldest, newest, keptSince, evicted } = this.#table;
    return {
      series: size,
      samples,
      bytes,
      minTime: samples > 0 ? Math.max(oldest, keptSince) : undefined,
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
