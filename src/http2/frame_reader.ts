/**
 * Takes what comes over a connection apart into the preface and frames (RFC 9113, sections 3.4, 4.1).
 * Frames that lie whole in what came are read where they are; of others the parts are put together.
 *
 * @module
 */
import type { BufferPool } from "./buffer_pool.ts";
import { ConnectionError } from "./error.ts";
import { type Frame, FRAME_HEADER, MAX_FRAME_SIZE, readUint31 } from "./frame.ts";

const PREFACE = new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** Reads frames. */
export class FrameReader {
  readonly #pool: BufferPool;
  readonly #onFrame: (frame: Frame) => void;
  readonly #frame: Frame = { type: 0, flags: 0, stream: 0, bytes: PREFACE, start: 0, end: 0 };
  /** How much of the preface has come. */
  #preface = 0;
  /** The beginning of a frame whose end has not come yet. */
  #part: Uint8Array | undefined;
  #partLength = 0;
  #stopped = false;

  /** The buffers of `pool` have room for a frame. */
  constructor(pool: BufferPool, onFrame: (frame: Frame) => void) {
    this.#pool = pool;
    this.#onFrame = onFrame;
  }

  /** Reads no more. */
  stop(): void {
    this.#stopped = true;
    if (this.#part !== undefined) this.#pool.give(this.#part);
    this.#part = undefined;
  }

  /** Takes the first `length` of `bytes`, and keeps none of it. Throws {@linkcode ConnectionError}. */
  read(bytes: Uint8Array, length: number): void {
    let at = this.#stopped ? length : this.#readPreface(bytes, length);
    while (at < length && !this.#stopped) {
      const end = this.#part === undefined ? at + frameSize(bytes, at, length) : Infinity;
      if (end > length) at = this.#gather(bytes, at, length);
      else {
        this.#emit(bytes, at, end);
        at = end;
      }
    }
  }

  #readPreface(bytes: Uint8Array, length: number): number {
    let at = 0;
    for (; at < length && this.#preface < PREFACE.length; at++, this.#preface++) {
      if (bytes[at] !== PREFACE[this.#preface]) {
        throw new ConnectionError("PROTOCOL_ERROR", "The peer does not speak HTTP/2");
      }
    }
    return at;
  }

  /** Adds to the frame of which a part has come, and returns where what it took ends. */
  #gather(bytes: Uint8Array, from: number, length: number): number {
    const part = this.#part ??= this.#pool.take();
    const wanted = frameSize(part, 0, this.#partLength) - this.#partLength;
    const to = Math.min(from + wanted, length);
    part.set(bytes.subarray(from, to), this.#partLength);
    this.#partLength += to - from;
    const size = frameSize(part, 0, this.#partLength);
    if (this.#partLength < size) return to;
    this.#part = undefined;
    this.#partLength = 0;
    try {
      this.#emit(part, 0, size);
    } finally {
      this.#pool.give(part);
    }
    return to;
  }

  #emit(bytes: Uint8Array, at: number, end: number): void {
    const frame = this.#frame;
    frame.type = bytes[at + 3] as number;
    frame.flags = bytes[at + 4] as number;
    frame.stream = readUint31(bytes, at + 5);
    frame.bytes = bytes;
    frame.start = at + FRAME_HEADER;
    frame.end = end;
    this.#onFrame(frame);
  }
}

/** The size of the frame at `at`; while it is not known, that of the header which tells it. */
function frameSize(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < FRAME_HEADER) return FRAME_HEADER;
  const payload = ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) |
    (bytes[at + 2] as number);
  if (payload <= MAX_FRAME_SIZE) return FRAME_HEADER + payload;
  throw new ConnectionError(
    "FRAME_SIZE_ERROR",
    `A frame of ${payload} bytes is larger than the limit of ${MAX_FRAME_SIZE}`,
  );
}
