import type { Exemplar, TimeRange } from "../samples.ts";
import type { StoredSeries } from "./series.ts";

/** An exemplar of a series. */
export interface ExemplarEntry {
  readonly series: StoredSeries;
  readonly exemplar: Exemplar;
}

/** The newest exemplars of all series, so many in all. */
export class ExemplarRing {
  readonly #capacity: number;
  readonly #entries: ExemplarEntry[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Keeps it where it is newer than the series' last; a target repeats its exemplars at each scrape. */
  add(series: StoredSeries, exemplar: Exemplar): boolean {
    if (this.#capacity === 0 || !(exemplar.time > series.lastExemplarTime)) return false;
    series.lastExemplarTime = exemplar.time;
    this.#entries[this.#next] = { series, exemplar };
    this.#next = (this.#next + 1) % this.#capacity;
    return true;
  }

  /** All from a time on, in the order they came. */
  *since(time: number): Generator<ExemplarEntry> {
    const count = this.#entries.length;
    const oldest = count < this.#capacity ? 0 : this.#next;
    for (let i = 0; i < count; i++) {
      const entry = this.#entries[(oldest + i) % count];
      if (entry !== undefined && entry.exemplar.time >= time) yield entry;
    }
  }

  /** By series, by rising time. */
  find(
    wanted: ReadonlySet<StoredSeries>,
    { start, end }: TimeRange,
  ): Map<StoredSeries, Exemplar[]> {
    const found = new Map<StoredSeries, Exemplar[]>();
    for (const { series, exemplar } of this.since(start)) {
      if (exemplar.time > end || !wanted.has(series)) continue;
      const list = found.get(series);
      if (list === undefined) found.set(series, [exemplar]);
      else list.push(exemplar);
    }
    return found;
  }
}
