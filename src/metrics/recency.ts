/**
 * Series that fall silent and go: storage that counts touches, and the sweep that reads the counts.
 *
 * @module
 */
import type { SeriesKey } from "./key.ts";
import type { Counter, Gauge, Histogram, MetricKind } from "./recorder.ts";
import type { MetricStorage, Registry, Series } from "./registry.ts";

/** A cell that counts how often it was touched: `gauge.set` of the same value is activity too. */
export interface Generational<Cell> {
  /** The cell of the storage underneath. */
  readonly inner: Cell;
  /** Rises with every call that records, even one that changes nothing. */
  readonly generation: number;
}

class GenerationalCounter<C extends Counter> implements Counter, Generational<C> {
  generation = 0;
  constructor(readonly inner: C) {}

  increment(by?: number | bigint): void {
    this.generation++;
    this.inner.increment(by);
  }

  absolute(value: number | bigint): void {
    this.generation++;
    this.inner.absolute(value);
  }
}

class GenerationalGauge<G extends Gauge> implements Gauge, Generational<G> {
  generation = 0;
  constructor(readonly inner: G) {}

  increment(by?: number): void {
    this.generation++;
    this.inner.increment(by);
  }

  decrement(by?: number): void {
    this.generation++;
    this.inner.decrement(by);
  }

  set(value: number): void {
    this.generation++;
    this.inner.set(value);
  }
}

class GenerationalHistogram<H extends Histogram> implements Histogram, Generational<H> {
  generation = 0;
  constructor(readonly inner: H) {}

  record(value: number): void {
    this.generation++;
    this.inner.record(value);
  }

  recordMany(value: number, count: number): void {
    this.generation++;
    this.inner.recordMany(value, count);
  }
}

/** Storage whose cells count touches, around the cells of `storage`. */
export function generationalStorage<C extends Counter, G extends Gauge, H extends Histogram>(
  storage: MetricStorage<C, G, H>,
): MetricStorage<
  Counter & Generational<C>,
  Gauge & Generational<G>,
  Histogram & Generational<H>
> {
  return {
    counter: (key: SeriesKey) => new GenerationalCounter(storage.counter(key)),
    gauge: (key: SeriesKey) => new GenerationalGauge(storage.gauge(key)),
    histogram: (key: SeriesKey) => new GenerationalHistogram(storage.histogram(key)),
  };
}

/** When a series counts as idle. */
export interface RecencyOptions {
  /** Milliseconds without a touch, as seen by sweeps, after which a series is removed. */
  readonly idleTimeout: number;
  /** The kinds that are removed; all three by default. */
  readonly kinds?: readonly MetricKind[];
  /** Milliseconds that never go back; `performance.now` by default. */
  readonly clock?: () => number;
}

interface Seen {
  generation: number;
  at: number;
}

/**
 * Removes idle series when it is swept, which exporters do before they render. Time runs from the
 * first sweep that sees a series, or sees it touched, so recording never reads a clock.
 */
export class Recency {
  readonly #idleTimeout: number;
  readonly #kinds: ReadonlySet<MetricKind>;
  readonly #clock: () => number;
  readonly #seen = new WeakMap<Generational<unknown>, Seen>();

  /** @throws {RangeError} when `idleTimeout` is not above 0. */
  constructor(options: RecencyOptions) {
    if (!(options.idleTimeout > 0)) {
      throw new RangeError(
        `Cannot watch for idle series: 'idleTimeout' must be above 0 ms, current value is ${options.idleTimeout}`,
      );
    }
    this.#idleTimeout = options.idleTimeout;
    this.#kinds = new Set(options.kinds ?? ["counter", "gauge", "histogram"]);
    this.#clock = options.clock ?? (() => performance.now());
  }

  /**
   * Removes the series of `registry` that were idle for too long, and returns how many. It yields where
   * it may be interrupted, for there can be many; its time is that of its beginning.
   */
  *sweepSteps<
    C extends Generational<unknown>,
    G extends Generational<unknown>,
    H extends Generational<unknown>,
  >(
    registry: Registry<C, G, H>,
  ): Generator<void, number> {
    const now = this.#clock();
    return yield* registry.retainSteps((series) =>
      !this.#kinds.has(series.kind) || this.#isRecent(series, now)
    );
  }

  #isRecent(
    { cell }: Series<Generational<unknown>, Generational<unknown>, Generational<unknown>>,
    now: number,
  ): boolean {
    const seen = this.#seen.get(cell);
    if (seen === undefined || seen.generation !== cell.generation) {
      this.#seen.set(cell, { generation: cell.generation, at: now });
      return true;
    }
    return now - seen.at <= this.#idleTimeout;
  }
}
