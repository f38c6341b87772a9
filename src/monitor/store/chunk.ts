import type { ByteReader } from "./codec/byte_reader.ts";
import type { ByteWriter } from "./codec/byte_writer.ts";
import { decodeValues, encodeValues } from "./codec/values.ts";
import { BLOCK } from "./time_column.ts";

/** What a sample is, where it is not simply a number. */
export const NUMBER = 0;
export const STALE = 1;
/** Not there: the source was scraped at this time, the series was not in it. */
export const ABSENT = 2;
export const HISTOGRAM = 3;

const HAS_MARKS = 1;
const HAS_STARTS = 2;

/** Samples of one series at times of one column that follow each other. */
export interface Chunk {
  /** The column's number. */
  readonly column: number;
  /** The index in the column of the first sample. */
  readonly first: number;
  readonly count: number;
  readonly values: Float64Array;
  /** For each sample NUMBER, STALE, ABSENT or HISTOGRAM; undefined where all are numbers. */
  readonly marks: Uint8Array | undefined;
  /** Undefined where none is known. */
  readonly starts: Float64Array | undefined;
}

/** Writes a chunk's bytes: its place, marks and starts as runs, and its values. */
export function encodeChunk(chunk: Chunk, out: ByteWriter): void {
  const { count, marks, starts } = chunk;
  out.varint(chunk.column);
  out.varint(chunk.first);
  encodeBody(count, marks, starts, out);
  encodeValues(chunk.values, count, out);
}

function encodeBody(
  count: number,
  marks: Uint8Array | undefined,
  starts: Float64Array | undefined,
  out: ByteWriter,
): void {
  out.byte(count);
  out.byte((marks === undefined ? 0 : HAS_MARKS) | (starts === undefined ? 0 : HAS_STARTS));
  if (marks !== undefined) {
    for (let i = 0; i < count;) {
      const length = runLength(marks, i, count);
      out.byte(length);
      out.byte(marks[i] ?? NUMBER);
      i += length;
    }
  }
  if (starts !== undefined) {
    for (let i = 0; i < count;) {
      const length = runLength(starts, i, count);
      out.byte(length);
      out.float(starts[i] ?? 0);
      i += length;
    }
  }
}

function runLength(all: Uint8Array | Float64Array, from: number, to: number): number {
  let end = from + 1;
  while (end < to && all[end] === all[from]) end++;
  return end - from;
}

/** Reads one chunk after the other into the same memory. */
export class ChunkReader {
  column = 0;
  first = 0;
  count = 0;
  hasMarks = false;
  hasStarts = false;
  /** Valid after {@linkcode decode}, where `hasMarks`. */
  readonly marks = new Uint8Array(BLOCK);
  /** Valid after {@linkcode decode}, where `hasStarts`. */
  readonly starts = new Float64Array(BLOCK);

  /** Reads where the chunk belongs and what is in it. Throws a RangeError where it is broken. */
  head(reader: ByteReader): void {
    this.place(reader);
    this.body(reader);
  }

  /** The first half of {@linkcode head}: where the chunk belongs. */
  place(reader: ByteReader): void {
    this.column = reader.varint();
    this.first = reader.varint();
  }

  /** The second half: what is in it. */
  body(reader: ByteReader): void {
    this.count = reader.byte();
    if (this.count > BLOCK) throw new RangeError("a chunk has too many samples");
    const flags = reader.byte();
    this.hasMarks = (flags & HAS_MARKS) !== 0;
    this.hasStarts = (flags & HAS_STARTS) !== 0;
  }

  /** Reads the rest; the values go into `values` from index `at` on. */
  decode(reader: ByteReader, values: Float64Array, at: number): void {
    this.decodeMarks(reader);
    if (this.hasStarts) {
      for (let i = 0; i < this.count;) {
        const length = reader.byte();
        this.starts.fill(reader.float(), i, i + length);
        if (length === 0) throw new RangeError("a chunk has an empty run");
        i += length;
      }
    }
    decodeValues(reader, this.count, values, at);
  }

  /** Reads the marks alone; nothing else can be read after that. */
  decodeMarks(reader: ByteReader): void {
    if (!this.hasMarks) return;
    for (let i = 0; i < this.count;) {
      const length = reader.byte();
      this.marks.fill(reader.byte(), i, i + length);
      if (length === 0) throw new RangeError("a chunk has an empty run");
      i += length;
    }
  }
}
