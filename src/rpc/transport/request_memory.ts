/**
 * Memory of requests: of what has come and is no message yet, which is counted, and of messages.
 *
 * @module
 */
import { giveMemory, takeMemory } from "../message_memory.ts";

/** What a connection's requests take of memory before they are whole, in bytes. */
export interface RequestMemory {
  used: number;
  readonly max: number;
  /** Called when a call is refused since it would take more. */
  readonly onExceeded: () => void;
}

const EMPTY = new Uint8Array();

/** Data that waits for more. It takes memory as it comes, whatever it says will come. */
export class RequestBuffer {
  /** The data is what is between. */
  bytes: Uint8Array = EMPTY;
  from = 0;
  to = 0;
  readonly #memory: RequestMemory;
  readonly #least: number;
  readonly #most: number;

  /** Takes `least` bytes of memory at first, and `most` in the end. */
  constructor(memory: RequestMemory, least: number, most: number) {
    this.#memory = memory;
    this.#least = least;
    this.#most = most;
  }

  get length(): number {
    return this.to - this.from;
  }

  /** Takes a copy of data; false when the connection's memory is used up. */
  append(bytes: Uint8Array, start: number, end: number): boolean {
    const added = end - start;
    if (this.bytes.length - this.to < added && !this.#grow(this.length + added)) return false;
    this.bytes.set(bytes.subarray(start, end), this.to);
    this.to += added;
    return true;
  }

  /** Gives the memory back, and what is in it to whoever has a reference. */
  release(): void {
    this.#memory.used -= this.bytes.length;
    this.bytes = EMPTY;
    this.from = this.to = 0;
  }

  #grow(needed: number): boolean {
    const size = Math.min(this.#most, Math.max(this.#least, needed * 2));
    const memory = this.#memory;
    const used = memory.used + size - this.bytes.length;
    if (used > Math.max(memory.used, memory.max)) {
      memory.onExceeded();
      return false;
    }
    memory.used = used;
    const bytes = takeMemory(size);
    bytes.set(this.bytes.subarray(this.from, this.to));
    giveMemory(this.bytes);
    this.bytes = bytes;
    this.to -= this.from;
    this.from = 0;
    return true;
  }
}

/** Small messages share their memory: it costs less than memory of their own. */
const SLAB = 16 * 1024;
const SMALL = 1024;
let slab = new ArrayBuffer(SLAB);
let slabAt = 0;

/** A copy that lives as long as whoever has it: a decoded message may refer to it. */
export function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const length = end - start;
  if (length > SMALL) {
    const copy = takeMemory(length);
    copy.set(bytes.subarray(start, end));
    return copy;
  }
  if (slabAt + length > SLAB) {
    slab = new ArrayBuffer(SLAB);
    slabAt = 0;
  }
  const copy = Buffer.from(slab, slabAt, length);
  slabAt += length;
  for (let at = 0; at < length; at++) copy[at] = bytes[start + at] as number;
  return copy;
}
