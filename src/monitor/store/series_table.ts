import type { Labels } from "../labels.ts";
import { Arena } from "./arena.ts";
import { Columns } from "./columns.ts";
import { LabelIndex } from "./label_index.ts";
import type { StoreLimits } from "./options.ts";
import type { SeriesSample } from "./head.ts";
import { SeriesHandle, StoredSeries } from "./series.ts";

/** A series without samples for so long has ended, as for queries. */
const ENDED_AFTER = 5 * 60_000;

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
  #ended: StoredSeries[] = [];
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

  /** Goes through all series. */
  get oldest(): number {
    let oldest = Infinity;
    for (const series of this.#series.values()) oldest = Math.min(oldest, series.oldestTime);
    return oldest;
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
      this.#ended = [...this.#series.values()]
        .filter((series) => series.lastTime < since || (series.isStale && series.lastTime < time))
        .sort((a, b) => b.lastTime - a.lastTime);
    }
    for (let ended = this.#ended.pop(); ended !== undefined; ended = this.#ended.pop()) {
      if (ended.isGone || ended.lastTime >= time) continue;
      this.#drop(ended);
      this.evicted++;
      return true;
    }
    return false;
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
  }

  /** Adds a sample with a time that is not that of others. */
  appendAlone(series: StoredSeries, time: number, sample: SeriesSample): void {
    const column = series.ownColumn ??= this.columns.add();
    const index = this.columns.get(column)?.place(time) ?? -1;
    this.append(series, { column, index }, time, sample);
  }

  /** Notes that a series has got back so many samples, up to a time. */
  restored(series: StoredSeries, samples: number, lastTime: number): void {
    this.samples += samples;
    series.lastTime = lastTime;
    if (lastTime > this.newest) this.newest = lastTime;
  }

  /** Drops what is too old, of some series in turn, so that it never takes long. For each batch. */
  tidy(): void {
    const since = this.keptSince;
    const isTooMuch = this.bytes > this.#limits.maxBytes;
    const count = Math.max(32, Math.ceil(this.size / (isTooMuch ? 20 : 240)));
    for (let i = 0; i < count; i++) {
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
  }

  #endSweep(isTooMuch: boolean): void {
    this.#sweep = undefined;
    this.#headBytes = this.#sweptHeadBytes;
    this.#sweptHeadBytes = 0;
    this.columns.trim(this.keptSince);
    if (!isTooMuch) return;
    const { oldest } = this;
    if (oldest < this.newest) this.#floor = oldest + (this.newest - oldest) / 20;
  }
}
