import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import type { Labels } from "../../labels.ts";
import { ChunkReader } from "../chunk.ts";
import { ByteReader } from "../codec/byte_reader.ts";
import type { ByteWriter } from "../codec/byte_writer.ts";
import type { Columns } from "../columns.ts";
import type { StoredSeries } from "../series.ts";
import {
  CHUNKS,
  COLUMN,
  END,
  readHistogram,
  readLabels,
  writeHistogram,
  writeLabels,
} from "./content.ts";

const chunk = new ChunkReader();
const bytes = new ByteReader();

/** A chunk as a block has it: its samples are `column`'s from `first` on. */
export interface BlockChunk {
  readonly column: number;
  readonly first: number;
  /** The chunk without its place. */
  readonly body: Uint8Array;
  readonly histograms: (FloatHistogram | undefined)[] | undefined;
}

/** A column of times as a block has it; indexes of chunks are those of the store that wrote it. */
export interface BlockColumn {
  readonly number: number;
  /** The source whose times these are; undefined where they are of one series alone. */
  readonly source: string | undefined;
  readonly first: number;
  readonly times: Float64Array;
}

/** Which indexes of a column the chunks of a block need. */
export type ColumnRanges = Map<number, { first: number; end: number }>;

/** Writes chunks of a series from the index `from` on, and notes which times they need. */
export function writeChunks(
  series: StoredSeries,
  from: number,
  { columns, ranges }: { readonly columns: Columns; readonly ranges: ColumnRanges },
  out: ByteWriter,
): void {
  const indexes: number[] = [];
  for (let i = from; series.readChunk(i, chunk, bytes); i++) {
    // What is older than the retention may have lost its times already.
    const isComplete = chunk.first >= (columns.get(chunk.column)?.first ?? Infinity);
    if (isComplete) indexes.push(i);
  }
  out.byte(CHUNKS);
  writeLabels(series.labels, out);
  out.varint(indexes.length);
  for (const i of indexes) {
    series.readChunk(i, chunk, bytes);
    const { column, first, count } = chunk;
    const range = ranges.get(column);
    if (range === undefined) {
      ranges.set(column, { first, end: first + count });
    } else {
      range.first = Math.min(range.first, first);
      range.end = Math.max(range.end, first + count);
    }
    writeChunk(series, i, out);
  }
}

function writeChunk(series: StoredSeries, index: number, out: ByteWriter): void {
  out.varint(chunk.column);
  out.varint(chunk.first);
  const body = series.chunkBody(index);
  out.varint(body.length);
  out.bytes(body);
  const histograms = series.histogramsOf(index);
  out.byte(histograms === undefined ? 0 : 1);
  for (const histogram of histograms ?? []) {
    out.byte(histogram === undefined ? 0 : 1);
    if (histogram !== undefined) writeHistogram(histogram, out);
  }
}

/** Reads what {@linkcode writeChunks} wrote, without the type. */
export function readChunks(reader: ByteReader): { labels: Labels; chunks: BlockChunk[] } {
  const labels = readLabels(reader);
  const chunks: BlockChunk[] = [];
  for (let left = reader.varint(); left > 0; left--) {
    const column = reader.varint();
    const first = reader.varint();
    const body = reader.bytes(reader.varint());
    let histograms: (FloatHistogram | undefined)[] | undefined;
    if (reader.byte() === 1) {
      bytes.moveTo(body, 0);
      chunk.body(bytes);
      histograms = Array.from(
        { length: chunk.count },
        () => reader.byte() === 1 ? readHistogram(reader) : undefined,
      );
    }
    chunks.push({ column, first, body, histograms });
  }
  return { labels, chunks };
}

/** Writes the times of a column that the chunks need; returns the newest. */
export function writeColumn(
  columns: Columns,
  number: number,
  range: { readonly first: number; readonly end: number },
  out: ByteWriter,
): number {
  const times = columns.get(number)?.slice(range.first, range.end) ?? new Float64Array();
  const source = columns.sourceOf(number);
  out.byte(COLUMN);
  out.varint(number);
  out.byte(source === undefined ? 0 : 1);
  if (source !== undefined) out.text(source);
  out.varint(range.first);
  out.varint(times.length);
  let before = 0;
  let difference = 0;
  for (const time of times) {
    out.signedVarint(time - before - difference);
    difference = time - before;
    before = time;
  }
  return before;
}

/** Reads what {@linkcode writeColumn} wrote, without the type. */
export function readColumn(reader: ByteReader): BlockColumn {
  const number = reader.varint();
  const source = reader.byte() === 1 ? reader.text() : undefined;
  const first = reader.varint();
  const count = reader.varint();
  const times: number[] = [];
  let time = 0;
  let difference = 0;
  while (times.length < count) {
    difference += reader.signedVarint();
    times.push(time += difference);
  }
  return { number, source, first, times: Float64Array.from(times) };
}

/** The last frame of a whole block: its newest time. */
export function writeEnd(newest: number, out: ByteWriter): void {
  out.byte(END);
  out.float(newest);
}
