import type { FloatHistogram } from "../histogram/float_histogram.ts";
import type { Labels } from "../labels.ts";
import type { Exemplar } from "../samples.ts";
import type { SeriesHandle } from "./series.ts";

/** One sample to be stored. */
export interface BatchSample {
  /** A handle saves looking the series up: see `Store.handle`. */
  readonly series: Labels | SeriesHandle;
  /** Whatever it is where `stale` or `histogram` is given. */
  readonly value: number;
  /** Milliseconds; the batch's where undefined. */
  readonly time?: number;
  /** Whether this is the marker that the series has ended. */
  readonly stale?: boolean;
  readonly histogram?: FloatHistogram;
  /** Since when it counts, in milliseconds. */
  readonly start?: number;
  readonly exemplar?: Exemplar;
}

/** What one scrape, or one evaluation of rules, brings. */
export interface ScrapeBatch {
  /**
   * Who brings it, such as a target's job and instance; series of one source share its times, so
   * a source should bring all its series each time.
   */
  readonly source: string;
  /** Milliseconds. */
  readonly time: number;
  readonly samples: readonly BatchSample[];
}

/** Why samples are refused. */
export type Refusal =
  /** Older than the newest of the series. */
  | "outOfOrder"
  /** As old as the newest of the series, and another value. */
  | "duplicate"
  /** Older than the retention, or more than ten minutes ahead. */
  | "outOfBounds"
  /** Of a new series, when there are as many as there may be. */
  | "tooManySeries";

/** What became of a batch. */
export interface AppendResult {
  /** Samples that were stored, those that were there already included. */
  readonly appended: number;
  /** Series that had no sample before. */
  readonly added: number;
  readonly refused: Readonly<Record<Refusal, number>>;
}
