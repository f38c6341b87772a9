import type { FloatHistogram } from "../histogram/float_histogram.ts";
import type { Samples } from "../samples.ts";
import { float64Column } from "../slab.ts";
import { ABSENT, HISTOGRAM, NUMBER, STALE } from "./chunk.ts";
import { BLOCK, type TimeSpan } from "./time_column.ts";

/** A part of a chunk that lies in the range. */
export interface Piece {
  readonly span: TimeSpan;
  /** The index in the column of the chunk's first sample, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** What of the chunk is wanted: indexes in the column, `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** Where the chunk is; undefined is the one that is still open. */
  readonly reference: number | undefined;
}

/** What a chunk has beside its values. */
export interface PieceDetails {
  readonly marks: Uint8Array | undefined;
  readonly starts: Float64Array | undefined;
  readonly histograms: readonly (FloatHistogram | undefined)[] | undefined;
}

const scratch = new Float64Array(BLOCK);

/** Puts the samples of a series together from its chunks, in arrays of just the right length. */
export class SampleAssembly {
  readonly #pieces: Piece[] = [];
  #total = 0;

  /** Takes what of a chunk lies in the span. */
  add(span: TimeSpan, first: number, count: number, reference: number | undefined): void {
    const from = Math.max(first, span.first);
    const to = Math.min(first + count, span.first + span.times.length);
    if (from >= to) return;
    this.#pieces.push({ span, first, count, from, to, reference });
    this.#total += to - from;
  }

  /** `decode` puts a chunk's values into an array from an index on. */
  finish(
    decode: (piece: Piece, into: Float64Array, at: number) => PieceDetails,
  ): Samples | undefined {
    if (this.#total === 0) return undefined;
    const values = float64Column(this.#total);
    let marks: Uint8Array<ArrayBuffer> | undefined;
    let starts: Float64Array<ArrayBuffer> | undefined;
    let histograms: (FloatHistogram | undefined)[] | undefined;
    let at = 0;
    for (const piece of this.#pieces) {
      const skip = piece.from - piece.first;
      const count = piece.to - piece.from;
      let details: PieceDetails;
      if (count === piece.count) {
        details = decode(piece, values, at);
      } else {
        details = decode(piece, scratch, 0);
        values.set(scratch.subarray(skip, skip + count), at);
      }
      if (details.marks !== undefined) {
        (marks ??= new Uint8Array(this.#total)).set(
          details.marks.subarray(skip, skip + count),
          at,
        );
      }
      if (details.starts !== undefined) {
        (starts ??= new Float64Array(this.#total)).set(
          details.starts.subarray(skip, skip + count),
          at,
        );
      }
      if (details.histograms !== undefined) {
        histograms ??= Array.from({ length: this.#total }, () => undefined);
        for (let i = 0; i < count; i++) histograms[at + i] = details.histograms[skip + i];
      }
      at += count;
    }
    const samples = { times: this.#times(), values, starts, histograms };
    return marks === undefined ? present(samples) : marked(samples, marks);
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
function marked(columns: Columns, marks: Uint8Array): Samples | undefined {
  const kept: number[] = [];
  let hasStale = false;
  let hasHistograms = false;
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] === ABSENT) continue;
    kept.push(i);
    hasStale ||= marks[i] === STALE;
    hasHistograms ||= marks[i] === HISTOGRAM;
  }
  if (kept.length === 0) return undefined;
  const pick = (from: Float64Array) => Float64Array.from(kept, (i) => from[i] ?? 0);
  const { values, starts, histograms } = columns;
  return {
    times: kept.length === marks.length ? columns.times : pick(columns.times),
    values: Float64Array.from(kept, (i) => marks[i] === NUMBER ? values[i] ?? 0 : NaN),
    ...starts !== undefined && { starts: pick(starts) },
    ...hasStale && { stale: Uint8Array.from(kept, (i) => marks[i] === STALE ? 1 : 0) },
    ...hasHistograms && { histograms: kept.map((i) => histograms?.[i]) },
  };
}
