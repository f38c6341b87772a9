/**
 * What one scrape leaves for the next: a target's pages name nearly the same series in the same order
 * every time.
 *
 * @module
 */
import type { Interruptible } from "../stretches.ts";
import type { Format } from "./content_type.ts";
import { detached } from "./detached.ts";
import type { LabelPair, MetricType } from "./model.ts";

/** Series that are looked through in one go. */
const STRIDE = 4_096;

/** A series as a page names it. */
export interface NamedSeries {
  readonly name: string;
  readonly labels: readonly LabelPair[];
}

/** A series that a page has named. */
interface KnownSeries extends NamedSeries {
  /** The characters that named it, braces included. */
  readonly source: string;
  /** The type that decided how `le` and `quantile` are written; undefined where neither is there. */
  readonly type: MetricType | undefined;
  /** The page that named it last, and where in the order of that page. */
  page: number;
  position: number;
}

/**
 * The series of a target's last page. With it the next page is read several times faster, because a
 * line that begins as expected needs no second reading of its labels, and the `labels` of a sample are
 * the same array as those of the last page's: a scraper can find a series by identity.
 *
 * It holds what the last page named and no more, and none of its strings keeps a page in memory. Use
 * one for each target; pages that are read at the same time need their own.
 */
export class SeriesMemory {
  #format: Format | undefined;
  readonly #bySource = new Map<string, KnownSeries>();
  #last: KnownSeries[] = [];
  #current: KnownSeries[] = [];
  #page = 0;
  /** How many different series the page has named so far. */
  #named = 0;
  #isReading = false;
  /** Which of the last page's series is expected next. */
  #next = 0;

  /** How many series it knows. */
  get size(): number {
    return this.#bySource.size;
  }

  /** A page begins. Where the one before was not read to its end, nothing is known. */
  begin(format: Format): void {
    if (this.#isReading || this.#format !== format) {
      this.#format = format;
      this.#bySource.clear();
      this.#last = [];
    }
    this.#isReading = true;
    this.#page++;
    this.#named = 0;
    this.#next = 0;
    this.#current = [];
  }

  /** The page was read to its end: what it did not name is forgotten. */
  *end(): Interruptible<void> {
    this.#isReading = false;
    this.#last = this.#current;
    this.#current = [];
    if (this.#bySource.size === this.#named) return;
    let seen = 0;
    for (const [source, series] of this.#bySource) {
      if (++seen % STRIDE === 0) yield;
      if (series.page !== this.#page) this.#bySource.delete(source);
    }
  }

  /** The series that is expected now, if the page goes on with its name at `at`. */
  expect(text: string, at: number): KnownSeries | undefined {
    const series = this.#last[this.#next];
    return series !== undefined && text.startsWith(series.source, at) ? series : undefined;
  }

  /** The expected series it was. */
  confirm(series: KnownSeries): void {
    this.#next++;
    this.#note(series);
  }

  /** A series that was read from `source`; returns it as it is known. */
  add(source: string, series: NamedSeries, type: MetricType | undefined): NamedSeries {
    const known = this.#bySource.get(source);
    if (known !== undefined && known.type === type) {
      // A page that names a series twice must not send the expectation back.
      if (known.page !== this.#page) this.#next = known.position + 1;
      this.#note(known);
      return known;
    }
    const added: KnownSeries = {
      source: detached(source),
      name: detached(series.name),
      labels: series.labels.map(([name, value]) => [detached(name), detached(value)] as const),
      type,
      page: 0,
      position: 0,
    };
    this.#bySource.set(added.source, added);
    this.#note(added);
    return added;
  }

  #note(series: KnownSeries): void {
    if (series.page !== this.#page) this.#named++;
    series.page = this.#page;
    series.position = this.#current.length;
    this.#current.push(series);
  }
}
