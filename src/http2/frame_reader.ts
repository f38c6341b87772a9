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

/** The size of the buffers in which frames are put together. */
export const FRAME_BUFFER = FRAME_HEADER + MAX_FRAME_SIZE;

/** Reads frames. */
export class FrameReader {
  readonly #pool: BufferPool;
  readonly #onFrame: (frame: Frame) => void;
  readonly #frame: Frame = { type: 0, flags: 0, stream: 0, bytes: PREFACE, start: 0, end: 0 };
  /** How much of the preface has come. */
  #preface = 0;
  /** The beginning of a frame whose end has not come yet. */
  #rest: Uint8Array | undefined;
  #restLength = 0;
  #stopped = false;

  /** `pool` has buffers of {@linkcode FRAME_BUFFER} bytes. */
  constructor(pool: BufferPool, onFrame: (frame: Frame) => void) {
    this.#pool = pool;
    this.#onFrame = onFrame;
  }

  /** Reads no more. */
  stop(): void {
    this.#stopped = true;
    this.#giveBack();
  }

  /** Takes the first `length` of `bytes`, and keeps none of it. Throws {@linkcode ConnectionError}. */
  read(bytes: Uint8Array, length: number): void {
    if (this.#stopped) return;
    let at = this.#preface < PREFACE.length ? this.#readPreface(bytes, length) : 0;
    if (this.#rest !== undefined) at = this.#completeRest(this.#rest, bytes, at, length);
    while (!this.#stopped && length - at >= FRAME_HEADER) {
      const end = at + FRAME_HEADER + payloadLength(bytes, at);
      if (end > length) break;
      this.#emit(bytes, at, end);
      at = end;
    }
    if (at < length && !this.#stopped) this.#keep(bytes, at, length);
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

  /** Adds to a frame that began earlier, and returns where the next one begins. */
  #completeRest(rest: Uint8Array, bytes: Uint8Array, from: number, length: number): number {
    let at = from;
    const take = (wanted: number) => {
      const taken = Math.min(wanted - this.#restLength, length - at);
      if (taken <= 0) return;
      rest.set(bytes.subarray(at, at + taken), this.#restLength);
      this.#restLength += taken;
      at += taken;
    };
    take(FRAME_HEADER);
    if (this.#restLength < FRAME_HEADER) return at;
    const end = FRAME_HEADER + payloadLength(rest, 0);
    take(end);
    if (this.#restLength < end) return at;
    this.#rest = undefined;
    try {
      this.#emit(rest, 0, end);
    } finally {
      this.#pool.give(rest);
    }
    return at;
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    if (this.#rest !== undefined) return;
    this.#rest = this.#pool.take();
    this.#rest.set(bytes.subarray(from, to));
    this.#restLength = to - from;
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

  #giveBack(): void {
    if (this.#rest !== undefined) this.#pool.give(this.#rest);
    this.#rest = undefined;
  }
}

function payloadLength(bytes: Uint8Array, at: number): number {
  const length = ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) |
    (bytes[at + 2] as number);
  if (length <= MAX_FRAME_SIZE) return length;
  throw new ConnectionError(
    "FRAME_SIZE_ERROR",
    `A frame of ${length} bytes is larger than the limit of ${MAX_FRAME_SIZE}`,
  );
}
