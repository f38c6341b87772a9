import type { Store } from "../store.ts";
import { Pace } from "../../pace.ts";
import { ByteReader } from "../codec/byte_reader.ts";
import type { BatchSample } from "../batch.ts";
import type { SeriesHandle, StoredSeries } from "../series.ts";
import { readBatch, type RestoredBatch } from "./batch_content.ts";
import { type BlockChunk, type BlockColumn, readChunks, readColumn } from "./block_content.ts";
import {
  BATCH,
  CHUNKS,
  COLUMN,
  END,
  EXEMPLAR,
  METADATA,
  PART,
  readExemplar,
  readLabels,
  readMetadata,
} from "./content.ts";
import type { StoreFile } from "./directory.ts";
import { type Damage, readFrames } from "./frames.ts";

/** Says what was wrong with a file, for people. */
export type Warn = (message: string) => void;

/** Parts of batches, by time and source, whose ends were not read yet; those may be in the next log. */
export type OpenBatches = Map<string, BatchSample[]>;

/** Puts the batches of a log back. What is broken is left out, and told. */
export async function readLog(
  store: Store,
  { path }: StoreFile,
  open: OpenBatches,
  warn: Warn,
): Promise<void> {
  const file = await Deno.readFile(path);
  const { frames, damage } = readFrames(file);
  const pace = new Pace();
  const known = new Map<number, SeriesHandle>();
  let lost = 0;
  let broken = 0;
  for (const frame of frames) {
    try {
      const reader = new ByteReader(frame);
      const type = reader.byte();
      if (type === BATCH || type === PART) {
        const read = readBatch(reader, known, (labels) => store.handle(labels));
        lost += read.lost;
        const batch = joined(read.batch, open);
        if (type === PART) open.set(keyOf(batch), batch.samples);
        else await store.appendInSlices(batch);
      } else if (type === METADATA) {
        store.addMetadata(...readMetadata(reader));
      } else {
        broken++;
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      broken++;
    }
    if (pace.due()) await pace.giveWay();
  }
  await report({ path, damage, broken, lost }, warn);
}

/** What was read of a batch up to now, which is open no longer. */
function joined(batch: RestoredBatch, open: OpenBatches): RestoredBatch {
  const key = keyOf(batch);
  const samples = open.get(key);
  if (samples === undefined) return batch;
  open.delete(key);
  for (const sample of batch.samples) samples.push(sample);
  return { ...batch, samples };
}

function keyOf({ time, source }: RestoredBatch): string {
  return `${time} ${source}`;
}

/** Puts the chunks of a block back; gives its newest time. What is broken is left out, and told. */
export async function readBlock(store: Store, { path }: StoreFile, warn: Warn): Promise<number> {
  const { frames, damage } = readFrames(await Deno.readFile(path));
  const pace = new Pace();
  const columns = new Map<number, BlockColumn>();
  let newest = -Infinity;
  let broken = 0;
  const read = (
    only: (type: number) => boolean,
    frame: Uint8Array,
    use: (r: ByteReader) => void,
  ) => {
    try {
      const reader = new ByteReader(frame);
      if (only(reader.byte())) use(reader);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      broken++;
    }
  };

  // Columns come after the chunks that need them.
  for (const frame of frames) {
    read((type) => type === COLUMN, frame, (reader) => {
      const column = readColumn(reader);
      columns.set(column.number, column);
      newest = Math.max(newest, column.times.at(-1) ?? -Infinity);
    });
    read((type) => type === METADATA, frame, (reader) => {
      store.addMetadata(...readMetadata(reader));
    });
    if (pace.due()) await pace.giveWay();
  }
  const restorer = new BlockRestorer(store, columns);
  for (const frame of frames) {
    read((type) => type === CHUNKS, frame, (reader) => {
      const { labels, chunks } = readChunks(reader);
      const series = store.contents.table.open(labels, newest);
      for (const chunk of chunks) if (series !== undefined) restorer.restore(series, chunk);
    });
    if (pace.due()) await pace.giveWay();
  }
  for (const frame of frames) {
    read((type) => type === EXEMPLAR, frame, (reader) => {
      const series = store.contents.table.open(readLabels(reader), newest);
      if (series !== undefined) store.contents.exemplars.add(series, readExemplar(reader));
    });
  }
  const last = frames.at(-1);
  const isWhole = last !== undefined && last[0] === END;
  await report({ path, damage, broken, lost: restorer.lost, isWhole }, warn);
  return newest;
}

/** Puts chunks of one block at the end of their series. */
class BlockRestorer {
  /** Samples whose times were lost. */
  lost = 0;
  readonly #store: Store;
  readonly #columns: ReadonlyMap<number, BlockColumn>;
  readonly #placed = new Map<number, { column: number; first: number }>();

  constructor(store: Store, columns: ReadonlyMap<number, BlockColumn>) {
    this.#store = store;
    this.#columns = columns;
  }

  restore(series: StoredSeries, { column, first, body, histograms }: BlockChunk): void {
    const times = this.#columns.get(column);
    const count = body[0] ?? 0;
    const at = first - (times?.first ?? 0);
    const start = times?.times[at];
    const end = times?.times[at + count - 1];
    if (times === undefined || start === undefined || end === undefined) {
      this.lost += count;
      return;
    }
    // A block that was written twice, or a clock that was set back.
    if (start <= series.lastTime) return;
    const place = this.#place(series, times);
    const samples = series.restore(place.column, place.first + at, body, histograms);
    this.#store.contents.table.restored(series, samples, { start, end });
  }

  #place(series: StoredSeries, { number, source, times }: BlockColumn) {
    let place = this.#placed.get(number);
    if (place === undefined) {
      const { columns } = this.#store.contents.table;
      const preferred = source === undefined
        ? series.ownColumn ??= columns.add()
        : columns.of(source);
      place = columns.restore(preferred, times);
      this.#placed.set(number, place);
    }
    return place;
  }
}

interface Findings {
  readonly path: string;
  readonly damage: readonly Damage[];
  readonly broken: number;
  readonly lost: number;
  readonly isWhole?: boolean;
}

async function report(
  { path, damage, broken, lost, isWhole = true }: Findings,
  warn: Warn,
): Promise<void> {
  for (const { from, to, isTail } of damage) {
    if (isTail) {
      warn(`The end of '${path}' is not whole: ${to - from} bytes from ${from} on were cut off`);
      await Deno.truncate(path, from);
    } else {
      warn(`'${path}' is damaged: ${to - from} bytes from ${from} on were left out`);
    }
  }
  if (broken > 0) warn(`'${path}' has ${broken} records that cannot be read: they were left out`);
  if (lost > 0) warn(`'${path}' has ${lost} samples whose series or times were lost`);
  if (!isWhole && damage.length === 0) warn(`'${path}' ends too early`);
}
