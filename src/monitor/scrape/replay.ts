/**
 * Recordings: files of OpenMetrics in which every sample has its time, as
 * `promtool tsdb dump-openmetrics` writes and `promtool tsdb create-blocks-from openmetrics` reads them.
 *
 * @module
 */
import type { ParsedSample } from "../exposition/mod.ts";
import { ExpositionError } from "../exposition/mod.ts";
import { Labels, METRIC_NAME } from "../labels.ts";
import { Pace } from "../pace.ts";
import type { BatchSample } from "../store/batch.ts";
import type { Store } from "../store/store.ts";
import { TimeQueue } from "../store/time_queue.ts";
import { pageSlices } from "./page_slices.ts";
import { SampleColumn } from "./sample_column.ts";

/** How far an import is. */
export interface ImportProgress {
  readonly lines: number;
  readonly samples: number;
}

/** Options of {@linkcode importExposition}. */
export interface ImportOptions {
  /** Told now and then while lines are read. */
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What a recording has. */
export interface ImportedRecording {
  readonly series: number;
  /** Those that are in the store now. */
  readonly samples: number;
  /** Those that are not: two values for one time, or beyond the limits of the store. */
  readonly dropped: number;
  /** The time of the first sample, in milliseconds. */
  readonly start: number;
  /** The time of the last one. */
  readonly end: number;
}

/**
 * Reads a recording into a store, in slices, so that the event loop has its turns; a stream may be cut
 * anywhere, such as a file through a TextDecoderStream. Samples may come in any order: they are held in
 * memory, 16 bytes each, until all are read. Nothing is stored where the recording has a fault.
 *
 * @throws {ExpositionError} With line and column, for what is not OpenMetrics, a sample without a time,
 * and a recording without samples.
 */
export async function importExposition(
  store: Store,
  source: string | AsyncIterable<string>,
  { onProgress, signal }: ImportOptions = {},
): Promise<ImportedRecording> {
  const pace = new Pace({ signal });
  const recording = new Recording(store);
  for await (const slice of pageSlices(typeof source === "string" ? [source] : source, pace)) {
    for (const [i, sample] of slice.page.samples.entries()) {
      recording.add(sample, () => slice.lineOf(i));
      if (pace.due(64)) await pace.giveWay();
    }
    for (const { name, type = "unknown", help = "", unit = "" } of slice.page.metadata) {
      recording.metadata.push([name, { type, help, unit }]);
    }
    onProgress?.({ lines: slice.lines, samples: recording.samples });
  }
  if (recording.samples === 0) {
    throw new ExpositionError("Cannot replay the recording: there is no sample in it");
  }
  return await recording.store(pace);
}

class Recording {
  readonly #store: Store;
  /** By the key of their labels. */
  readonly #columns = new Map<string, SampleColumn>();
  /** A reader names a series by the same array as long as it remembers it. */
  readonly #byIdentity = new WeakMap<ParsedSample["labels"], SampleColumn>();
  readonly metadata: Parameters<Store["addMetadata"]>[] = [];
  samples = 0;
  #start = Infinity;
  #end = -Infinity;

  constructor(store: Store) {
    this.#store = store;
  }

  add(sample: ParsedSample, line: () => number): void {
    const { timestamp: time, value, exemplar } = sample;
    if (time === undefined) {
      const at = { line: line(), column: 1 };
      throw new ExpositionError(
        `Cannot replay the recording at line ${at.line}: expected a timestamp after the value, found none`,
        at,
      );
    }
    this.#column(sample).add(
      time,
      value,
      exemplar && {
        labels: Labels.of(exemplar.labels),
        value: exemplar.value,
        time: exemplar.timestamp ?? time,
      },
    );
    this.samples++;
    if (time < this.#start) this.#start = time;
    if (time > this.#end) this.#end = time;
  }

  #column({ name, labels }: ParsedSample): SampleColumn {
    let column = this.#byIdentity.get(labels);
    if (column === undefined) {
      const all = Labels.of([...labels, [METRIC_NAME, name]]);
      column = this.#columns.get(all.key) ?? new SampleColumn(this.#store.handle(all));
      this.#columns.set(all.key, column);
      this.#byIdentity.set(labels, column);
    }
    return column;
  }

  /** Stores everything, target by target: the series of one share their times. */
  async store(pace: Pace): Promise<ImportedRecording> {
    const targets = Map.groupBy(
      this.#columns.values(),
      ({ series }) => series.labels.only(["job", "instance"]).key,
    );
    let appended = 0;
    for (const [target, columns] of targets) {
      const source = `recording of ${target}`;
      for (const column of columns) {
        column.sort();
        if (pace.due()) await pace.giveWay();
      }
      for (const [time, samples] of byTime(columns)) {
        appended += this.#store.append({ source, time, samples }).appended;
        if (pace.due()) await pace.giveWay();
      }
      for (const column of columns) column.clear();
    }
    for (const [family, metadata] of this.metadata) this.#store.addMetadata(family, metadata);
    return {
      series: this.#columns.size,
      samples: appended,
      dropped: this.samples - appended,
      start: this.#start,
      end: this.#end,
    };
  }
}

/** The samples of sorted columns, one time after the other. */
function* byTime(
  columns: readonly SampleColumn[],
): Generator<[time: number, samples: BatchSample[]], void, void> {
  const queue = new TimeQueue<{ readonly column: SampleColumn; next: number }>();
  for (const column of columns) queue.add(column.timeAt(0), { column, next: 0 });
  for (let first = queue.take(); first !== undefined; first = queue.take()) {
    const [time, readers] = first;
    const samples: BatchSample[] = [];
    for (const reader of readers) {
      const { column } = reader;
      for (; reader.next < column.count && column.timeAt(reader.next) === time; reader.next++) {
        const exemplar = column.exemplarAt(time);
        samples.push({
          series: column.series,
          value: column.valueAt(reader.next),
          ...exemplar !== undefined && { exemplar },
        });
      }
      if (reader.next < column.count) queue.add(column.timeAt(reader.next), reader);
    }
    yield [time, samples];
  }
}
