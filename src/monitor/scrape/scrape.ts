/**
 * One scrape: a page becomes samples, or a failure becomes `up 0`; never half of one.
 *
 * @module
 */
import {
  type Exposition,
  type ParsedExemplar,
  type ParsedSample,
  parseExpositionInSlices,
  SeriesMemory,
} from "../exposition/mod.ts";
import { Labels } from "../labels.ts";
import { Pace } from "../pace.ts";
import type { Exemplar } from "../samples.ts";
import type { BatchSample, Refusal } from "../store/batch.ts";
import type { SeriesHandle } from "../store/series.ts";
import type { Store } from "../store/store.ts";
import { PageSeries } from "./page_series.ts";
import type { Target } from "./target.ts";

/** What OpenMetrics allows the labels of an exemplar to take together, in characters. */
const MAX_EXEMPLAR_LENGTH = 128;
const EMPTY_PAGE: Exposition = { samples: [], metadata: [] };

/** What a scrape found. */
export interface ScrapeOutcome {
  /** Why it failed, or "". */
  readonly error: string;
  readonly durationMs: number;
  /** How many samples of the page are not in the store, by reason; undefined where all are. */
  readonly dropped: Readonly<Record<Refusal, number>> | undefined;
}

/** A page that was read, or the reason why there is none. */
interface Found {
  readonly page: Exposition | undefined;
  readonly error: string;
  /** How many samples it has, whether they are taken or not. */
  readonly size: number;
}

/** The samples of a page as they are stored, and the series that they keep alive. */
interface Scraped {
  readonly samples: readonly BatchSample[];
  readonly live: Set<SeriesHandle>;
  /** How many samples of the page were left out, since their series had one already. */
  readonly repeated: number;
}

/** Scrapes one target again and again into a store. */
export class TargetScrapes {
  readonly #target: Target;
  readonly #store: Store;
  readonly #maxSamples: number;
  readonly #memory = new SeriesMemory();
  readonly #series: PageSeries;
  readonly #report: ReturnType<typeof reportSeries>;
  readonly #source: string;
  /** Series that the last scrape brought, without a time of their own. */
  #live = new Set<SeriesHandle>();
  #last = -Infinity;

  constructor(target: Target, store: Store, { maxSamples }: { readonly maxSamples: number }) {
    this.#target = target;
    this.#store = store;
    this.#maxSamples = maxSamples;
    this.#series = new PageSeries(store, target.labels);
    this.#report = reportSeries(store, target.labels);
    this.#source = target.labels.key;
  }

  /** Scrapes once. `time` is that of the samples, in milliseconds. Never rejects. */
  async scrape(time: number, timeoutMs: number, stop: AbortSignal): Promise<ScrapeOutcome> {
    const begin = performance.now();
    const found = await this.#find(timeoutMs, stop);
    const durationMs = performance.now() - begin;
    const pace = new Pace();
    const scraped = await this.#prepare(time, found, pace);
    const dropped = stop.aborted
      ? undefined
      : await this.#append(time, found, scraped, { durationSeconds: durationMs / 1000, pace });
    return { error: found.error, durationMs, dropped };
  }

  /** Says that all series of the target have ended. */
  async end(time: number): Promise<void> {
    if (this.#last === -Infinity) return;
    const pace = new Pace();
    const samples = await markers(this.#live, () => true, pace);
    samples.push(...Object.values(this.#report).map(stale));
    await this.#store.appendInSlices({
      source: this.#source,
      time: Math.max(time, this.#last + 1),
      samples,
    }, pace);
    this.#live = new Set();
  }

  async #find(timeoutMs: number, stop: AbortSignal): Promise<Found> {
    const timeout = new AbortController();
    const timer = setTimeout(
      () =>
        timeout.abort(new Error(`context deadline exceeded: no whole page within ${timeoutMs} ms`)),
      timeoutMs,
    );
    const signal = AbortSignal.any([stop, timeout.signal]);
    try {
      const page = await this.#read(signal, timeoutMs);
      const size = page.samples.length;
      if (size <= this.#maxSamples) return { page, error: "", size };
      const error = `sample limit exceeded: the page has ${size} samples, at most ` +
        `${this.#maxSamples} are taken`;
      return { page: undefined, error, size };
    } catch (reason) {
      const error = messageOf(signal.aborted ? signal.reason : reason);
      return { page: undefined, error, size: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(signal: AbortSignal, timeoutMs: number): Promise<Exposition> {
    const { pieces, contentType } = await unlessAborted(
      signal,
      () => this.#target.read(signal, timeoutMs),
    );
    // Nothing at all is fine whatever it says to be, as in Prometheus.
    if (pieces.length === 0) return EMPTY_PAGE;
    const pace = new Pace({ signal });
    return await parseExpositionInSlices(
      pieces,
      contentType,
      () => pace.due() ? pace.giveWay() : undefined,
      { memory: this.#memory },
    );
  }

  /** Finds the series of a page. */
  async #prepare(time: number, { page }: Found, pace: Pace): Promise<Scraped> {
    const seen = new Set<SeriesHandle>();
    const live = new Set<SeriesHandle>();
    const samples: BatchSample[] = [];
    let repeated = 0;
    for (const sample of page?.samples ?? []) {
      const series = this.#series.of(sample);
      // Of lines without times for one series the first counts, as in Prometheus.
      if (sample.timestamp === undefined && seen.has(series)) {
        repeated++;
        continue;
      }
      seen.add(series);
      samples.push(batchSample(series, sample, time));
      if (sample.timestamp === undefined) live.add(series);
      if (pace.due(4)) await pace.giveWay();
    }
    return { samples, live, repeated };
  }

  /** Stores a page as a whole, and what is to be said of the scrape itself. */
  async #append(
    time: number,
    { page, size }: Found,
    { samples, live, repeated }: Scraped,
    { durationSeconds, pace }: { readonly durationSeconds: number; readonly pace: Pace },
  ): Promise<ScrapeOutcome["dropped"]> {
    const source = this.#source;
    const { refused } = await this.#store.appendInSlices({ source, time, samples }, pace);
    // Refused where the page names the series in another way now, and rightly so.
    const rest = await markers(this.#live, (series) => !live.has(series), pace);
    this.#live = live;
    const report = this.#report;
    rest.push(
      { series: report.up, value: page === undefined ? 0 : 1 },
      { series: report.duration, value: durationSeconds },
      { series: report.scraped, value: size },
      // What it would be after relabelling, which there is none of.
      { series: report.kept, value: size },
      { series: report.added, value: page === undefined ? 0 : this.#series.endPage() },
    );
    await this.#store.appendInSlices({ source, time, samples: rest }, pace);
    this.#last = time;
    for (const { name, type = "unknown", help = "", unit = "" } of page?.metadata ?? []) {
      this.#store.addMetadata(name, { type, help, unit });
      if (pace.due(64)) await pace.giveWay();
    }
    const dropped = { ...refused, duplicate: refused.duplicate + repeated };
    return Object.values(dropped).some((count) => count > 0) ? dropped : undefined;
  }
}

/** The series that tell of the scrape. */
function reportSeries(store: Store, target: Labels) {
  const series = (name: string) => store.handle(Labels.of([...target, ["__name__", name]]));
  return {
    up: series("up"),
    duration: series("scrape_duration_seconds"),
    scraped: series("scrape_samples_scraped"),
    kept: series("scrape_samples_post_metric_relabeling"),
    added: series("scrape_series_added"),
  };
}

function batchSample(series: SeriesHandle, sample: ParsedSample, now: number): BatchSample {
  const { value, timestamp: time, exemplar } = sample;
  return {
    series,
    value,
    ...time !== undefined && { time },
    ...exemplar !== undefined && isShort(exemplar) &&
      { exemplar: storedExemplar(exemplar, time ?? now) },
  };
}

function storedExemplar({ labels, value, timestamp }: ParsedExemplar, time: number): Exemplar {
  return { labels: Labels.of(labels), value, time: timestamp ?? time };
}

function isShort({ labels }: ParsedExemplar): boolean {
  let length = 0;
  for (const [name, value] of labels) length += name.length + value.length;
  return length <= MAX_EXEMPLAR_LENGTH;
}

/** The markers that some of the series have ended. */
async function markers(
  series: Iterable<SeriesHandle>,
  hasEnded: (series: SeriesHandle) => boolean,
  pace: Pace,
): Promise<BatchSample[]> {
  const found: BatchSample[] = [];
  for (const one of series) {
    if (hasEnded(one)) found.push(stale(one));
    if (pace.due(64)) await pace.giveWay();
  }
  return found;
}

function stale(series: SeriesHandle): BatchSample {
  return { series, value: NaN, stale: true };
}

/** What `start` gives, but no later than the signal comes: not every target minds it. */
function unlessAborted<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort);
    start().then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
