import { finish, type Interruptible } from "../stretches.ts";
import type { Arena, Place } from "./arena.ts";
import { ByteReader } from "./codec/byte_reader.ts";
import { ByteWriter } from "./codec/byte_writer.ts";

/** Times in a block, and samples in a chunk at most. */
export const BLOCK = 120;
/** Blocks that are decoded in one go: a tenth of a millisecond. */
const STRETCH = 64;

const out = new ByteWriter();
const reader = new ByteReader();

/** Reads a block, or the beginning of one, from where `reader` stands. */
function decodeBlock(start: number, into: Float64Array): void {
  let time = into[0] = start;
  let difference = 0;
  for (let i = 1; i < into.length; i++) {
    difference += reader.signedVarint();
    time += difference;
    into[i] = time;
  }
}

/** Some of a column's times. */
export interface TimeSpan {
  /** The index of the first of them. */
  readonly first: number;
  readonly times: Float64Array;
}

/** A batch that is being stored, with turns for others in between. */
export interface UnfinishedBatch {
  isWhole: boolean;
}

/**
 * The times of one source's scrapes, kept once for all its series. Each has an index, and indexes
 * rise for ever; old times go from the front by blocks.
 */
export class TimeColumn {
  readonly #arena: Arena;
  /** Where full blocks are, and the first time of each. */
  #blocks: number[] = [];
  #blockStarts: number[] = [];
  /** The number of the first block that is still there. */
  #base = 0;
  #open = new Float64Array(8);
  #openCount = 0;
  #last = -Infinity;
  /** The batch that the times from an index on came with: nobody sees them before it is whole. */
  #batch: UnfinishedBatch | undefined;
  #batchStart = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** The index of the oldest time that is still there. */
  get first(): number {
    return this.#base * BLOCK;
  }

  /** The index that the next time gets. */
  get end(): number {
    return (this.#base + this.#blocks.length) * BLOCK + this.#openCount;
  }

  /** The newest time, or -Infinity. */
  get last(): number {
    return this.#last;
  }

  /** The index of a time that is the newest or newer; -1 where it is older than that. */
  place(time: number, batch?: UnfinishedBatch): number {
    if (time === this.#last) return this.end - 1;
    if (time < this.#last) return -1;
    if (this.#openCount === BLOCK) this.#seal();
    if (this.#openCount === this.#open.length) {
      const grown = new Float64Array(Math.min(BLOCK, this.#open.length * 4));
      grown.set(this.#open);
      this.#open = grown;
    }
    if (batch !== undefined && this.#batch?.isWhole !== false) {
      this.#batch = batch;
      this.#batchStart = this.end;
    }
    this.#open[this.#openCount++] = time;
    this.#last = time;
    return this.end - 1;
  }

  /** The index from which on nothing is to be seen. */
  get #seenEnd(): number {
    return this.#batch?.isWhole === false ? this.#batchStart : this.end;
  }

  #seal(): void {
    const start = this.#open[0] ?? 0;
    out.reset();
    let before = start;
    let difference = 0;
    for (let i = 1; i < BLOCK; i++) {
      const time = this.#open[i] ?? 0;
      out.signedVarint(time - before - difference);
      difference = time - before;
      before = time;
    }
    this.#blocks.push(this.#arena.add(out.written));
    this.#blockStarts.push(start);
    this.#openCount = 0;
  }

  /** A time not after that of the index; exact for the first of a block. */
  lowerBound(index: number): number {
    return this.#startOf(Math.floor(index / BLOCK) - this.#base);
  }

  /** A time not before that of the index. */
  upperBound(index: number): number {
    const next = Math.floor(index / BLOCK) - this.#base + 1;
    return next > this.#blocks.length || (next === this.#blocks.length && this.#openCount === 0)
      ? this.#last
      : this.#startOf(next);
  }

  #startOf(block: number): number {
    if (block < 0) return -Infinity;
    return this.#blockStarts[block] ?? this.#open[0] ?? -Infinity;
  }

  /** The times from `start` to `end`, both included, without those of a batch that is not whole. */
  *between(start: number, end: number): Interruptible<TimeSpan> {
    // The last block that begins at `start` or before.
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#startOf(middle) <= start) low = middle;
      else high = middle - 1;
    }
    let last = low;
    while (last < this.#blocks.length && this.#startOf(last + 1) <= end) last++;
    const first = (this.#base + low) * BLOCK;
    const all = yield* this.#decode(
      first,
      Math.min((this.#base + last + 1) * BLOCK, this.#seenEnd),
    );
    let from = 0;
    while (from < all.length && (all[from] ?? 0) < start) from++;
    let to = all.length;
    while (to > from && (all[to - 1] ?? 0) > end) to--;
    return { first: first + from, times: all.subarray(from, to) };
  }

  /** The times of indexes from `from` to before `to`. */
  slice(from: number, to: number): Float64Array {
    const first = Math.floor(from / BLOCK) * BLOCK;
    return finish(this.#decode(first, to)).subarray(from - first, to - first);
  }

  /** From the beginning of a block on. */
  *#decode(from: number, to: number): Interruptible<Float64Array<ArrayBuffer>> {
    to = Math.min(to, this.end);
    const times = new Float64Array(Math.max(0, to - from));
    const blocks: { readonly place: Place; readonly start: number; readonly at: number }[] = [];
    // All of it is found before others have a turn: they may add times, and drop the oldest.
    for (let at = 0; at < times.length; at += BLOCK) {
      const block = (from + at) / BLOCK - this.#base;
      const reference = this.#blocks[block];
      if (reference !== undefined) {
        blocks.push({ place: this.#arena.locate(reference), start: this.#startOf(block), at });
      } else if (block === this.#blocks.length) {
        times.set(this.#open.subarray(0, times.length - at), at);
      }
    }
    for (const [i, { place, start, at }] of blocks.entries()) {
      if (i % STRETCH === STRETCH - 1) yield;
      reader.moveTo(place.bytes, place.at);
      decodeBlock(start, times.subarray(at, at + BLOCK));
    }
    return times;
  }

  /** Drops blocks that no chunk with a sample after `time` reaches into. */
  trim(time: number): void {
    let count = 0;
    // A chunk that ends in the next block but one cannot begin in this one.
    while (count + 2 < this.#blocks.length && this.#startOf(count + 2) <= time) count++;
    if (count === 0) return;
    for (const reference of this.#blocks.splice(0, count)) this.#arena.remove(reference);
    this.#blockStarts.splice(0, count);
    this.#base += count;
  }

  /** Gives up everything. */
  clear(): void {
    for (const reference of this.#blocks) this.#arena.remove(reference);
    this.#blocks = [];
    this.#blockStarts = [];
    this.#openCount = 0;
    this.#base = this.#base + 1;
    this.#last = -Infinity;
  }
}
