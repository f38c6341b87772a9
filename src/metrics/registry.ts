/**
 * Where the series of a recorder live: one cell for each kind, name and set of labels, made at first
 * use by the recorder's own storage, kept in the order of registration.
 *
 * @module
 */
import { type Bounds, resolveBounds, type ResolvedBounds } from "./bounds.ts";
import type { SeriesKey } from "./key.ts";
import type { Labels, MetricKind } from "./recorder.ts";
import { type SeriesOf, SeriesTable } from "./series_table.ts";

export type { SeriesOf } from "./series_table.ts";

/** Series that are looked at before the caller may pause. */
const STEP = 256;

/** Makes the cells that hold values: the only thing a registry does not know. */
export interface MetricStorage<C, G, H> {
  counter(key: SeriesKey): C;
  gauge(key: SeriesKey): G;
  histogram(key: SeriesKey): H;
}

/** A series of any kind, told apart by `kind`. */
export type Series<C, G, H> =
  | SeriesOf<"counter", C>
  | SeriesOf<"gauge", G>
  | SeriesOf<"histogram", H>;

/**
 * The series of one recorder. Names and labels may be any strings; the same name may be a counter, a
 * gauge and a histogram at once. Within the bounds a look-up always returns the same cell for the
 * same labels in whatever order; past them it returns the metric's overflow series (see `Bounds`).
 *
 * Cells that are removed go on taking values from handles that someone kept, and nobody sees them.
 * The next look-up makes a new cell.
 */
export class Registry<C, G, H> {
  readonly bounds: ResolvedBounds;
  readonly #series = new Set<Series<C, G, H>>();
  readonly #counters: SeriesTable<"counter", C>;
  readonly #gauges: SeriesTable<"gauge", G>;
  readonly #histograms: SeriesTable<"histogram", H>;

  /** @throws {RangeError} when a bound is not a whole number from 1. */
  constructor(storage: MetricStorage<C, G, H>, bounds: Bounds = {}) {
    this.bounds = resolveBounds(bounds);
    const options = { bounds: this.bounds, added: (s: Series<C, G, H>) => this.#series.add(s) };
    this.#counters = new SeriesTable<"counter", C>(
      "counter",
      (key) => storage.counter(key),
      options,
    );
    this.#gauges = new SeriesTable<"gauge", G>("gauge", (key) => storage.gauge(key), options);
    this.#histograms = new SeriesTable<"histogram", H>(
      "histogram",
      (key) => storage.histogram(key),
      options,
    );
  }

  /** How many series there are, of all kinds, overflow series included. */
  get size(): number {
    return this.#series.size;
  }

  /** Gets or makes a counter. */
  counter(name: string, labels: Labels): C {
    return this.#counters.get(name, labels);
  }

  /** Gets or makes a gauge. */
  gauge(name: string, labels: Labels): G {
    return this.#gauges.get(name, labels);
  }

  /** Gets or makes a histogram. */
  histogram(name: string, labels: Labels): H {
    return this.#histograms.get(name, labels);
  }

  /** Calls `visitor` with every series, in the order of registration. */
  visit(visitor: (series: Series<C, G, H>) => void): void {
    for (const series of this.#series) visitor(series);
  }

  /** The counters by name; names, and the series of a name, in the order of registration. */
  counters(): IterableIterator<[name: string, series: SeriesOf<"counter", C>[]]> {
    return this.#counters.byName();
  }

  /** The gauges by name, in the order of registration. */
  gauges(): IterableIterator<[name: string, series: SeriesOf<"gauge", G>[]]> {
    return this.#gauges.byName();
  }

  /** The histograms by name, in the order of registration. */
  histograms(): IterableIterator<[name: string, series: SeriesOf<"histogram", H>[]]> {
    return this.#histograms.byName();
  }

  /** Removes every series that `keep` says no to, and returns how many. */
  retain(keep: (series: Series<C, G, H>) => boolean): number {
    const steps = this.retainSteps(keep);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  }

  /**
   * As `retain`, yielding where it may be interrupted: to look at 100,000 series takes a while. What is
   * registered in between is looked at too.
   */
  *retainSteps(keep: (series: Series<C, G, H>) => boolean): Generator<void, number> {
    let removed = 0;
    let looked = 0;
    for (const series of this.#series) {
      if (!keep(series)) {
        this.#remove(series);
        removed++;
      }
      if (++looked % STEP === 0) yield;
    }
    return removed;
  }

  /** Removes one series; false when there was none. */
  delete(kind: MetricKind, name: string, labels: Labels): boolean {
    const series = this.#table(kind).peek(name, labels);
    if (series === undefined) return false;
    this.#remove(series);
    return true;
  }

  /** Removes every series. */
  clear(): void {
    this.retain(() => false);
  }

  #remove(series: Series<C, G, H>): void {
    this.#table(series.kind).remove(series.key);
    this.#series.delete(series);
  }

  #table(kind: MetricKind): SeriesLookup<C, G, H> {
    switch (kind) {
      case "counter":
        return this.#counters;
      case "gauge":
        return this.#gauges;
      case "histogram":
        return this.#histograms;
    }
  }
}

/** What the three tables have in common. */
interface SeriesLookup<C, G, H> {
  peek(name: string, labels: Labels): Series<C, G, H> | undefined;
  remove(key: SeriesKey): void;
}
