import type { MetricMetadata } from "../samples.ts";
import type { BatchSample } from "./batch.ts";
import type { StoredSeries } from "./series.ts";

/** Some samples of a batch. */
export interface JournalPart {
  readonly source: string;
  readonly time: number;
  /** `series[i]` is that of `samples[i]`. */
  readonly series: readonly StoredSeries[];
  readonly samples: readonly BatchSample[];
  /** Whether there are no more. */
  readonly isLast: boolean;
}

/** Who is told of everything that a store takes in, to write it down. */
export interface Journal {
  /** Samples of a batch that were stored: all of them, or a part that others follow. */
  batch(part: JournalPart): void;
  metadata(family: string, metadata: MetricMetadata): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
  /** Compresses what was written. */
  compact(): Promise<void>;
  /** Writes what is waiting and ends. */
  close(): Promise<void>;
}
