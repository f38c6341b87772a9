import type { FloatHistogram } from "../histogram/float_histogram.ts";
import { pick } from "../pick.ts";
import type { Samples } from "../samples.ts";
import { float64Column } from "../slab.ts";
import { type Interruptible, STRETCH } from "../stretches.ts";
import type { Place } from "./arena.ts";
import { ABSENT, ChunkReader, HISTOGRAM, NUMBER, STALE } from "./chunk.ts";
import { ByteReader } from "./codec/byte_reader.ts";
import { BLOCK, type TimeSpan } from "./time_column.ts";

type Histograms = readonly (FloatHistogram | undefined)[];

/** A chunk, which can be read even after it was given up. */
export interface KeptChunk {
  readonly place: Place;
  readonly histograms: Histograms | undefined;
}

/** Samples that are in no chunk yet. */
export interface OpenChunk {
  readonly values: Float64Array;
  readonly marks: Uint8Array | undefined;
  readonly starts: Float64Array | undefined;
  readonly histograms: Histograms | undefined;
}

/** A part of a chunk that lies in the range. */
interface Piece {
  readonly span: TimeSpan;
  /** The index in the column of the chunk's first sample, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** What of the chunk is wanted: indexes in the column, `to` excluded. */
  readonly from: number;
  readonly to: number;
  readonly chunk: KeptChunk | OpenChunk;
}

/** What a chunk has beside its values. */
type PieceDetails = Omit<OpenChunk, "values">;

/** Chunks that are decoded in one go: a quarter of a millisecond. */
const MANY = 64;

const scratch = new Float64Array(BLOCK);
const reader = new ByteReader();
const chunkReader = new ChunkReader();

/** Puts the samples of a series together from its chunks, in arrays of just the right length. */
export class SampleAssembly {
  readonly #pieces: Piece[] = [];
  #total = 0;

  /** Takes what of a chunk lies in the span. */
  add(span: TimeSpan, first: number, count: number, chunk: KeptChunk | OpenChunk): void {
    const from = Math.max(first, span.first);
    const to = Math.min(first + count, span.first + span.times.length);
    if (from >= to) return;
    this.#pieces.push({ span, first, count, from, to, chunk });
    this.#total += to - from;
  }

  /** Decodes what was taken; undefined where that is nothing. Yields where there are many chunks. */
  *finish(): Interruptible<Samples | undefined> {
    if (this.#total === 0) return undefined;
    const columns = new WrittenColumns(this.#total);
    // The open one, which is the last, comes first: it changes while others have their turns.
    let at = this.#total;
    for (let i = this.#pieces.length - 1; i >= 0; i--) {
      const piece = this.#pieces[i];
      if (piece === undefined) break;
      at -= piece.to - piece.from;
      columns.write(piece, at);
      if (i % MANY === MANY - 1) yield;
    }
    const { values, starts, histograms, marks } = columns;
    const samples = { times: this.#times(), values, starts, histograms };
    return marks === undefined ? present(samples) : yield* marked(samples, marks);
  }

  /** The column's own array where it has all times in one stretch: series of a source then share it. */
  #times(): Float64Array {
    const { span, from } = this.#pieces[0] ?? { span: undefined, from: 0 };
    let end = from;
    let isOneStretch = true;
    for (const piece of this.#pieces) {
      isOneStretch &&= piece.span === span && piece.from === end;
      end = piece.to;
    }
    if (isOneStretch && span !== undefined) {
      return end - from === span.times.length
        ? span.times
        : span.times.subarray(from - span.first, end - span.first);
    }
    const times = new Float64Array(this.#total);
    let at = 0;
    for (const piece of this.#pieces) {
      const { first } = piece.span;
      times.set(piece.span.times.subarray(piece.from - first, piece.to - first), at);
      at += piece.to - piece.from;
    }
    return times;
  }
}

/** The columns of a series while they are filled. */
class WrittenColumns {
  readonly values: Float64Array<ArrayBuffer>;
  marks: Uint8Array<ArrayBuffer> | undefined;
  starts: Float64Array<ArrayBuffer> | undefined;
  histograms: (FloatHistogram | undefined)[] | undefined;

  constructor(length: number) {
    this.values = float64Column(length);
  }

  /** Puts the wanted part of a chunk at an index. */
  write({ chunk, first, count, from, to }: Piece, at: number): void {
    const { length } = this.values;
    const skip = from - first;
    const end = to - first;
    let details: PieceDetails;
    if ("values" in chunk) {
      this.values.set(chunk.values.subarray(skip, end), at);
      details = chunk;
    } else if (to - from === count) {
      details = decode(chunk, this.values, at);
    } else {
      details = decode(chunk, scratch, 0);
      this.values.set(scratch.subarray(skip, end), at);
    }
    if (details.marks !== undefined) {
      (this.marks ??= new Uint8Array(length)).set(details.marks.subarray(skip, end), at);
    }
    if (details.starts !== undefined) {
      (this.starts ??= new Float64Array(length)).set(details.starts.subarray(skip, end), at);
    }
    if (details.histograms !== undefined) {
      this.histograms ??= new Array<undefined>(length).fill(undefined);
      for (let i = skip; i < end; i++) this.histograms[at + i - skip] = details.histograms[i];
    }
  }
}

function decode({ place, histograms }: KeptChunk, into: Float64Array, at: number): PieceDetails {
  reader.moveTo(place.bytes, place.at);
  chunkReader.head(reader);
  chunkReader.decode(reader, into, at);
  return {
    marks: chunkReader.hasMarks ? chunkReader.marks : undefined,
    starts: chunkReader.hasStarts ? chunkReader.starts : undefined,
    histograms,
  };
}

interface Columns {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly starts: Float64Array | undefined;
  readonly histograms: readonly (FloatHistogram | undefined)[] | undefined;
}

function present({ times, values, starts, histograms }: Columns): Samples {
  return {
    times,
    values,
    ...starts !== undefined && { starts },
    ...histograms !== undefined && { histograms },
  };
}

/** Takes out what is absent, and says which samples are stale markers. */
function* marked(columns: Columns, marks: Uint8Array): Interruptible<Samples | undefined> {
  const kept = new Uint32Array(marks.length);
  let count = 0;
  let hasStale = false;
  let hasHistograms = false;
  for (let i = 0; i < marks.length; i++) {
    if (i % STRETCH === STRETCH - 1) yield;
    const mark = marks[i];
    if (mark === ABSENT) continue;
    kept[count++] = i;
    hasStale ||= mark === STALE;
    hasHistograms ||= mark === HISTOGRAM;
  }
  if (count === 0) return undefined;
  const indexes = kept.subarray(0, count);
  const { values, starts, histograms } = columns;
  const numbers = yield* pick(values, indexes);
  const stale = hasStale ? new Uint8Array(count) : undefined;
  for (let i = 0; i < count; i++) {
    if (i % STRETCH === STRETCH - 1) yield;
    const mark = marks[indexes[i] ?? 0];
    if (mark !== NUMBER) numbers[i] = NaN;
    if (mark === STALE && stale !== undefined) stale[i] = 1;
  }
  return {
    times: count === marks.length ? columns.times : yield* pick(columns.times, indexes),
    values: numbers,
    ...starts !== undefined && { starts: yield* pick(starts, indexes) },
    ...stale !== undefined && { stale },
    ...hasHistograms && { histograms: Array.from(indexes, (i) => histograms?.[i]) },
  };
}
