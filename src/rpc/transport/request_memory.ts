/**
 * Memory of requests: of what has come and is no message yet, which is counted, and of messages.
 *
 * @module
 */
import { giveMemory, takeMemory } from "../message_memory.ts";

/** What a connection's requests take of memory before they are whole, and may take, in bytes. */
export interface RequestMemory {
  used: number;
  readonly max: number;
  /** Of one message, decompressed. */
  readonly maxMessage: number;
  /** Called when a call is refused since it would take more. */
  readonly onExceeded: () => void;
}

/** Counts so many bytes more, or fewer; false, and nothing is counted, when they are too many. */
export function countBytes(memory: RequestMemory, change: number): boolean {
  if (change > 0 && memory.used + change > memory.max) {
    memory.onExceeded();
    return false;
  }
  memory.used += change;
  return true;
}

const EMPTY = new Uint8Array();

/** So few bytes are copied faster one by one. */
const FEW = 64;

/** What waits takes at least so much memory. */
const LEAST = 256;

/** A message that is still to come takes so much, if it is not smaller; more only as it comes. */
const FIRST_ALLOCATION = 128 * 1024;

/** Data that waits for more. It takes memory as it comes, whatever it says will come. */
export class RequestBuffer {
  /** The data is what is between. */
  bytes: Uint8Array = EMPTY;
  from = 0;
  to = 0;
  readonly #memory: RequestMemory;
  readonly #expected: number;

  /** `expected` is how long the data will be, where that is known. */
  constructor(memory: RequestMemory, expected: number = Infinity) {
    this.#memory = memory;
    this.#expected = expected;
  }

  get length(): number {
    return this.to - this.from;
  }

  /** How much of what is expected has not come. */
  get missing(): number {
    return this.#expected - this.length;
  }

  /** Takes a copy of data; false when the connection's memory is used up. */
  append(bytes: Uint8Array, start: number, end: number): boolean {
    const added = end - start;
    if (this.bytes.length - this.to < added && !this.#grow(this.length + added)) return false;
    if (added > FEW) this.bytes.set(bytes.subarray(start, end), this.to);
    else for (let at = 0; at < added; at++) this.bytes[this.to + at] = bytes[start + at] as number;
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
    const least = this.#expected === Infinity ? LEAST : FIRST_ALLOCATION;
    const size = Math.min(this.#expected, Math.max(least, needed * 2));
    if (!countBytes(this.#memory, size - this.bytes.length)) return false;
    const bytes = takeMemory(size);
    if (this.to > this.from) bytes.set(this.bytes.subarray(this.from, this.to));
    giveMemory(this.bytes);
    this.bytes = bytes;
    this.to -= this.from;
    this.from = 0;
    return true;
  }
}
