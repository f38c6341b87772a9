import type { MetricMetadata } from "../samples.ts";
import type { BatchSample } from "./batch.ts";
import type { StoredSeries } from "./series.ts";

/** Who is told of everything that a store takes in, to write it down. */
export interface Journal {
  /** Samples that were stored; `series[i]` is that of `samples[i]`. */
  batch(
    source: string,
    time: number,
    series: readonly StoredSeries[],
    samples: readonly BatchSample[],
  ): void;
  metadata(family: string, metadata: MetricMetadata): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
  /** Compresses what was written. */
  compact(): Promise<void>;
  /** Writes what is waiting and ends. */
  close(): Promise<void>;
}
