import type { AppendResult, BatchSample, Refusal, ScrapeBatch } from "./batch.ts";
import type { ExemplarRing } from "./exemplar_ring.ts";
import type { Journal } from "./journal.ts";
import type { StoredSeries } from "./series.ts";
import type { SeriesTable } from "./series_table.ts";
import type { UnfinishedBatch } from "./time_column.ts";

/** Samples that the journal is told of at once. */
const JOURNAL_PART = 1_024;

/** What is done in one go, where a sample of a series that there is already counts 1: a tenth of a millisecond. */
const MOST_EFFORT = 256;
const NEW_SERIES_EFFORT = 10;

/** Where samples go. */
interface Destination {
  readonly table: SeriesTable;
  readonly exemplars: ExemplarRing;
  readonly journal: Journal | undefined;
}

/** A batch on its way into the store, part by part. */
export class Appending {
  readonly #batch: ScrapeBatch;
  /** The last time that is taken. */
  readonly #latest: number;
  readonly #destination: Destination;
  readonly #refused = noRefusals();
  /** The first time that is taken. */
  readonly #oldest: number;
  /** Columns keep it, so it is small. */
  readonly #state: UnfinishedBatch = { isWhole: false };
  #next = 0;
  #effort = 0;
  #appended = 0;
  #added = 0;
  #place: { readonly column: number; readonly index: number } | undefined;
  /** What the journal has not been told of. */
  #stored: StoredSeries[] = [];
  #storedSamples: BatchSample[] = [];
  #isToldOf = false;

  /** `latest` is the last time that is taken. */
  constructor(batch: ScrapeBatch, latest: number, destination: Destination) {
    this.#batch = batch;
    this.#latest = latest;
    this.#destination = destination;
    this.#oldest = destination.table.keptSince;
  }

  /** Stores some more samples. Whether there are more. */
  storeSome(): boolean {
    const { samples } = this.#batch;
    for (this.#effort = 0; this.#effort < MOST_EFFORT && this.#next < samples.length;) {
      const sample = samples[this.#next++];
      if (sample !== undefined) this.#take(sample);
      this.#effort++;
    }
    const isLast = this.#next === samples.length;
    if (isLast || this.#stored.length >= JOURNAL_PART) this.#tellJournal(isLast);
    return !isLast;
  }

  /** Queries see the batch from now on. */
  end(): void {
    this.#state.isWhole = true;
  }

  /** What became of the samples so far. */
  get result(): AppendResult {
    return { appended: this.#appended, added: this.#added, refused: this.#refused };
  }

  #take(sample: BatchSample): void {
    const { table, exemplars, journal } = this.#destination;
    const refused = this.#refused;
    const { source, time: batchTime } = this.#batch;
    const time = sample.time ?? batchTime;
    if (!Number.isSafeInteger(time) || time > this.#latest || time < this.#oldest) {
      refused.outOfBounds++;
      return;
    }
    const series = table.open(sample.series, time);
    if (series === undefined) {
      refused.tooManySeries++;
      return;
    }
    if (time <= series.lastTime) {
      if (time < series.lastTime) refused.outOfOrder++;
      else if (isSame(series, sample)) this.#appended++;
      else refused.duplicate++;
      return;
    }
    if (series.lastTime === -Infinity) {
      this.#added++;
      this.#effort += NEW_SERIES_EFFORT + series.labels.key.length / 256;
    }
    if (time === batchTime) this.#place ??= table.columns.place(source, time, this.#state);
    if (time === batchTime && this.#place !== undefined && this.#place.index !== -1) {
      table.append(series, this.#place, time, sample);
    } else table.appendAlone(series, time, sample, this.#state);
    if (sample.exemplar !== undefined) exemplars.add(series, sample.exemplar);
    this.#appended++;
    if (journal !== undefined) {
      this.#stored.push(series);
      this.#storedSamples.push(sample);
    }
  }

  #tellJournal(isLast: boolean): void {
    const { source, time } = this.#batch;
    const [series, samples] = [this.#stored, this.#storedSamples];
    this.#stored = [];
    this.#storedSamples = [];
    if (series.length > 0 || this.#isToldOf) {
      this.#isToldOf = true;
      this.#destination.journal?.batch({ source, time, series, samples, isLast });
    }
  }
}

/** The reasons for which samples are refused. */
export const REFUSALS: readonly Refusal[] = [
  "outOfOrder",
  "duplicate",
  "outOfBounds",
  "tooManySeries",
];

/** A count of nothing. */
export function noRefusals(): Record<Refusal, number> {
  return { outOfOrder: 0, duplicate: 0, outOfBounds: 0, tooManySeries: 0 };
}

/** Whether a sample is the one that the series has already. */
function isSame(series: StoredSeries, sample: BatchSample): boolean {
  if (sample.stale === true || series.isStale) return sample.stale === true && series.isStale;
  return sample.histogram === undefined && Object.is(sample.value, series.lastValue);
}
