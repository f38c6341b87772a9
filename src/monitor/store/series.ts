import type { FloatHistogram } from "../histogram/float_histogram.ts";
import type { Labels } from "../labels.ts";
import type { Samples, TimeRange } from "../samples.ts";
import type { Interruptible } from "../stretches.ts";
import type { Arena } from "./arena.ts";
import { ABSENT, ChunkReader, encodeChunk } from "./chunk.ts";
import { ByteReader } from "./codec/byte_reader.ts";
import { ByteWriter } from "./codec/byte_writer.ts";
import type { Columns } from "./columns.ts";
import { Head, type SeriesSample } from "./head.ts";
import { SampleAssembly } from "./sample_assembly.ts";
import type { SpanCache } from "./span_cache.ts";
import { BLOCK } from "./time_column.ts";

/** Where series keep their bytes and times. */
export interface SeriesSpace {
  readonly arena: Arena;
  readonly columns: Columns;
}

/** A series that a scraper comes back to; finds it again should it have been dropped in between. */
export class SeriesHandle {
  /** The store's own. */
  series: StoredSeries | undefined;

  constructor(readonly labels: Labels) {}
}

const decoded = new Float64Array(BLOCK);
const out = new ByteWriter();
const reader = new ByteReader();
const chunkReader = new ChunkReader();

/** One series: chunks by rising time, and at their end the samples that are not in a chunk yet. */
export class StoredSeries {
  readonly id: number;
  readonly labels: Labels;
  /** The newest sample, in milliseconds. */
  lastTime = -Infinity;
  lastValue = 0;
  isStale = false;
  /** Whether the store has dropped it. */
  isGone = false;
  /** A column for samples with times of their own. */
  ownColumn: number | undefined;
  /** How many of its chunks the log has. */
  savedChunks = 0;
  lastExemplarTime = -Infinity;
  readonly #space: SeriesSpace;
  #chunks: number[] = [];
  #histograms: Map<number, (FloatHistogram | undefined)[]> | undefined;
  readonly #head = new Head();

  constructor(id: number, labels: Labels, space: SeriesSpace) {
    this.id = id;
    this.labels = labels;
    this.#space = space;
  }

  /** Bytes outside of the arena, roughly. */
  get headBytes(): number {
    return this.#head.bytes + this.#chunks.length * 8;
  }

  get chunkCount(): number {
    return this.#chunks.length;
  }

  /** Adds a sample at an index of a column. The caller has seen to it that it is newer than the last. */
  append(column: number, index: number, time: number, sample: SeriesSample): void {
    if (!this.#head.takes(column, index, this.id)) this.seal();
    this.#head.add(column, index, sample);
    this.lastTime = time;
    this.isStale = sample.stale === true;
    if (!this.isStale && sample.histogram === undefined) this.lastValue = sample.value;
  }

  /** Makes a chunk of the newest samples. */
  seal(): void {
    const head = this.#head;
    if (head.count === 0) return;
    out.reset();
    encodeChunk(head, out);
    const reference = this.#space.arena.add(out.written);
    this.#chunks.push(reference);
    if (head.histograms !== undefined) {
      head.histograms.length = head.count;
      (this.#histograms ??= new Map()).set(reference, head.histograms);
    }
    head.reset();
  }

  /** Gives back the memory for new samples where none have come for long. */
  rest(): void {
    const { column, first, count } = this.#head;
    const end = this.#space.columns.get(column)?.end ?? Infinity;
    if (end - first - count < BLOCK) return;
    this.seal();
    this.#head.release();
  }

  /**
   * Puts a chunk at the end that was read from a file, its samples being a column's from `first` on;
   * gives how many there are. Throws a RangeError where it is broken.
   */
  restore(
    column: number,
    first: number,
    body: Uint8Array,
    histograms: (FloatHistogram | undefined)[] | undefined,
  ): number {
    reader.moveTo(body, 0);
    chunkReader.body(reader);
    const count = this.#samplesOf();
    out.reset();
    out.varint(column);
    out.varint(first);
    out.bytes(body);
    const reference = this.#space.arena.add(out.written);
    this.#chunks.push(reference);
    this.savedChunks = this.#chunks.length;
    if (histograms !== undefined) (this.#histograms ??= new Map()).set(reference, histograms);
    return count;
  }

  /** Puts `chunk` at a chunk and `bytes` at its body; false where there is no such chunk. */
  readChunk(index: number, chunk: ChunkReader, bytes: ByteReader): boolean {
    const reference = this.#chunks[index];
    if (reference === undefined) return false;
    this.#space.arena.read(reference, bytes);
    chunk.head(bytes);
    return true;
  }

  /** A chunk without its place, as {@linkcode restore} takes it. A view. */
  chunkBody(index: number): Uint8Array {
    this.#space.arena.read(this.#chunks[index] ?? -1, reader);
    chunkReader.place(reader);
    const from = reader.position;
    // Where it ends is not written anywhere: it is where reading it ends.
    chunkReader.body(reader);
    chunkReader.decode(reader, decoded, 0);
    return reader.between(from, reader.position);
  }

  /** The histograms of a chunk, by the index of the sample. */
  histogramsOf(index: number): readonly (FloatHistogram | undefined)[] | undefined {
    return this.#histograms?.get(this.#chunks[index] ?? -1);
  }

  /** Drops chunks without a sample after `time`; gives how many samples were in them. */
  trim(time: number): number {
    let dropped = 0;
    let count = 0;
    for (; count < this.#chunks.length; count++) {
      const reference = this.#chunks[count] ?? 0;
      this.#read(reference);
      const column = this.#space.columns.get(chunkReader.column);
      const last = chunkReader.first + chunkReader.count - 1;
      if (column !== undefined && column.upperBound(last) > time) break;
      dropped += this.#samplesOf();
      this.#space.arena.remove(reference);
      this.#histograms?.delete(reference);
    }
    if (count > 0) {
      this.#chunks.splice(0, count);
      this.savedChunks = Math.max(0, this.savedChunks - count);
    }
    return dropped;
  }

  /** Gives up everything; gives how many samples that were. */
  clear(): number {
    const dropped = this.trim(Infinity) + this.#head.sampleCount;
    this.#head.release();
    this.isGone = true;
    return dropped;
  }

  /** Samples of the chunk that `chunkReader` stands at. */
  #samplesOf(): number {
    if (!chunkReader.hasMarks) return chunkReader.count;
    chunkReader.decodeMarks(reader);
    let count = 0;
    for (let i = 0; i < chunkReader.count; i++) if (chunkReader.marks[i] !== ABSENT) count++;
    return count;
  }

  #read(reference: number): void {
    this.#space.arena.read(reference, reader);
    chunkReader.head(reader);
  }

  /** The index of the first chunk that may have samples at `time` or later. */
  #find(time: number): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      this.#read(this.#chunks[middle] ?? 0);
      const column = this.#space.columns.get(chunkReader.column);
      const last = chunkReader.first + chunkReader.count - 1;
      if (column === undefined || column.upperBound(last) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The time of the oldest sample, or a little before. */
  get oldestTime(): number {
    return this.#lowerBoundOf(0);
  }

  #lowerBoundOf(index: number): number {
    const reference = this.#chunks[index];
    if (reference === undefined) {
      const { count, column, first } = this.#head;
      return count === 0
        ? Infinity
        : this.#space.columns.get(column)?.lowerBound(first) ?? Infinity;
    }
    this.#read(reference);
    return this.#space.columns.get(chunkReader.column)?.lowerBound(chunkReader.first) ?? Infinity;
  }

  /** Whether a chunk reaches into the range. */
  overlaps({ start, end }: TimeRange): boolean {
    if (start > end || this.lastTime < start || this.lastTime === -Infinity) return false;
    if (this.lastTime <= end) return true;
    return this.#lowerBoundOf(this.#find(start)) <= end;
  }

  /** The samples in a range; undefined where there are none. Yields where there are many. */
  *samples(range: TimeRange, spans: SpanCache): Interruptible<Samples | undefined> {
    if (this.lastTime < range.start) return undefined;
    for (;;) {
      const found = this.#assemble(range, spans);
      if (typeof found === "object") return yield* found.finish();
      yield* spans.load(found);
    }
  }

  /** The chunks in a range, or the number of a column whose times are not loaded. */
  #assemble({ start, end }: TimeRange, spans: SpanCache): SampleAssembly | number {
    const assembly = new SampleAssembly();
    for (let i = this.#find(start); i < this.#chunks.length; i++) {
      const reference = this.#chunks[i] ?? 0;
      this.#read(reference);
      const { column, first, count } = chunkReader;
      const bound = this.#space.columns.get(column)?.lowerBound(first);
      if (bound !== undefined && bound > end) break;
      const span = spans.get(column);
      if (span === undefined) return column;
      const histograms = this.#histograms?.get(reference);
      assembly.add(span, first, count, { place: this.#space.arena.locate(reference), histograms });
    }
    const { column, first, count } = this.#head;
    if (count > 0) {
      const span = spans.get(column);
      if (span === undefined) return column;
      assembly.add(span, first, count, this.#head);
    }
    return assembly;
  }
}
