import type { Labels } from "../labels.ts";
import type { Interruptible } from "../stretches.ts";
import { Arena } from "./arena.ts";
import { Columns } from "./columns.ts";
import { LabelIndex } from "./label_index.ts";
import type { StoreLimits } from "./options.ts";
import type { SeriesSample } from "./head.ts";
import { SeriesHandle, StoredSeries } from "./series.ts";
import type { UnfinishedBatch } from "./time_column.ts";
import { TimeQueue } from "./time_queue.ts";

/** A series without samples for so long has ended, as for queries. */
const ENDED_AFTER = 5 * 60_000;
/** Series that are tidied in one go: a tenth of a millisecond. */
const STRIDE = 32;

/** All series of a store, within its limits. */
export class SeriesTable {
  readonly arena = new Arena();
  readonly columns = new Columns(this.arena);
  readonly index = new LabelIndex();
  /** Samples of all series at the moment. */
  samples = 0;
  /** Series that went before their time. */
  evicted = 0;
  /** The newest time of all samples there ever were. */
  newest = -Infinity;
  readonly #limits: StoreLimits;
  readonly #series = new Map<string, StoredSeries>();
  #sweep: Iterator<StoredSeries> | undefined;
  #nextId = 0;
  #headBytes = 0;
  #sweptHeadBytes = 0;
  /** Since when samples are kept where bytes, not retention, are the limit. */
  #floor = -Infinity;
  /** A time not after that of the oldest sample; the last sweep knew it. */
  #oldest = Infinity;
  #sweptOldest = Infinity;
  /** Series that have ended, by when they did, and those that ended first. */
  #ended = new TimeQueue<StoredSeries>();
  #endedFirst: StoredSeries[] = [];
  #endedLookedAt = -Infinity;

  constructor(limits: StoreLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#series.size;
  }

  /** Of samples and times. */
  get bytes(): number {
    return this.arena.bytes + this.#headBytes;
  }

  /** Samples older than this are gone, or about to go. */
  get keptSince(): number {
    return Math.max(this.newest - this.#limits.retentionMs, this.#floor);
  }

  /** The time of the oldest sample, or a little before. */
  get oldest(): number {
    return this.#oldest;
  }

  all(): Iterable<StoredSeries> {
    return this.#series.values();
  }

  /** The series with these labels, made where there is none; undefined where there are too many. */
  open(known: Labels | SeriesHandle, time: number): StoredSeries | undefined {
    if (!(known instanceof SeriesHandle)) return this.#open(known, time);
    if (known.series === undefined || known.series.isGone) {
      known.series = this.#open(known.labels, time);
    }
    return known.series;
  }

  #open(labels: Labels, time: number): StoredSeries | undefined {
    const known = this.#series.get(labels.key);
    if (known !== undefined) return known;
    if (this.#series.size >= this.#limits.maxSeries && !this.#makeRoom(time)) return undefined;
    const series = new StoredSeries(this.#nextId++, this.index.intern(labels), this);
    this.#series.set(series.labels.key, series);
    this.index.add(series);
    return series;
  }

  /** Drops the series that ended first. */
  #makeRoom(time: number): boolean {
    if (this.#endedLookedAt !== time) {
      this.#endedLookedAt = time;
      const since = Math.max(this.newest, time) - ENDED_AFTER;
      this.#ended = new TimeQueue();
      this.#endedFirst = [];
      for (const series of this.#series.values()) {
        const { lastTime } = series;
        if (lastTime < since || (series.isStale && lastTime < time)) {
          this.#ended.add(lastTime, series);
        }
      }
    }
    for (;;) {
      const ended = this.#endedFirst.pop();
      if (ended === undefined) {
        const next = this.#ended.take();
        if (next === undefined) return false;
        this.#endedFirst = [...next[1]];
      } else if (!ended.isGone && ended.lastTime < time) {
        this.#drop(ended);
        this.evicted++;
        return true;
      }
    }
  }

  #drop(series: StoredSeries): void {
    this.#series.delete(series.labels.key);
    this.index.remove(series);
    this.samples -= series.clear();
    if (series.ownColumn !== undefined) this.columns.remove(series.ownColumn);
  }

  /** Adds a sample whose time has an index in a column; newer than all of the series. */
  append(
    series: StoredSeries,
    place: { readonly column: number; readonly index: number },
    time: number,
    sample: SeriesSample,
  ): void {
    series.append(place.column, place.index, time, sample);
    this.samples++;
    if (time > this.newest) this.newest = time;
    if (time < this.#oldest) this.#oldest = time;
  }

  /** Adds a sample with a time that is not that of others. */
  appendAlone(
    series: StoredSeries,
    time: number,
    sample: SeriesSample,
    batch?: UnfinishedBatch,
  ): void {
    const column = series.ownColumn ??= this.columns.add();
    const index = this.columns.get(column)?.place(time, batch) ?? -1;
    this.append(series, { column, index }, time, sample);
  }

  /** Notes that a series has got back so many samples, from one time to another. */
  restored(
    series: StoredSeries,
    samples: number,
    { start, end }: { readonly start: number; readonly end: number },
  ): void {
    this.samples += samples;
    series.lastTime = end;
    if (end > this.newest) this.newest = end;
    if (start < this.#oldest) this.#oldest = start;
  }

  /** Drops what is too old, of some series in turn. For each batch. */
  *tidy(): Interruptible<void> {
    const since = this.keptSince;
    const isTooMuch = this.bytes > this.#limits.maxBytes;
    const count = Math.max(32, Math.ceil(this.size / (isTooMuch ? 20 : 240)));
    for (let i = 0; i < count; i++) {
      if (i % STRIDE === STRIDE - 1) yield;
      this.#sweep ??= this.#series.values();
      const next = this.#sweep.next();
      if (next.done) {
        this.#endSweep(isTooMuch);
        break;
      }
      this.#tidySeries(next.value, since);
    }
  }

  #tidySeries(series: StoredSeries, since: number): void {
    if (series.lastTime < since) {
      this.#drop(series);
      return;
    }
    this.samples -= series.trim(since);
    series.rest();
    if (series.ownColumn !== undefined) this.columns.get(series.ownColumn)?.trim(since);
    this.#sweptHeadBytes += series.headBytes;
    this.#sweptOldest = Math.min(this.#sweptOldest, series.oldestTime);
  }

  #endSweep(isTooMuch: boolean): void {
    this.#sweep = undefined;
    this.#headBytes = this.#sweptHeadBytes;
    this.#sweptHeadBytes = 0;
    this.#oldest = this.#sweptOldest;
    this.#sweptOldest = Infinity;
    this.columns.trim(this.keptSince);
    if (!isTooMuch) return;
    const { oldest } = this;
    if (oldest < this.newest) this.#floor = oldest + (this.newest - oldest) / 20;
  }
}
