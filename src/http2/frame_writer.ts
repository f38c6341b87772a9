/**
 * Writes frames (RFC 9113, section 6) one after the other into buffers, which go out when the turn of
 * the event loop is over: what is answered together travels together.
 *
 * @module
 */
import type { BufferPool } from "./buffer_pool.ts";
import { Flag, FRAME_HEADER, FrameType, MAX_FRAME_SIZE, writeUint32 } from "./frame.ts";

/** Frames that wait to be sent. */
export class FrameWriter {
  readonly #pool: BufferPool;
  readonly #onOutput: () => void;
  /** Buffers that are full, with the bytes in use. */
  readonly #full: Uint8Array[] = [];
  #buffer: Uint8Array | undefined;
  #at = 0;
  #fullBytes = 0;

  /** `onOutput` is called when something is to be sent that was not before. */
  constructor(pool: BufferPool, onOutput: () => void) {
    this.#pool = pool;
    this.#onOutput = onOutput;
  }

  /** How many bytes wait. */
  get pending(): number {
    return this.#fullBytes + this.#at;
  }

  /** The next bytes to send, a part of a buffer; {@linkcode release} it when they are sent. */
  take(): Uint8Array | undefined {
    if (this.#full.length === 0) this.#seal();
    const bytes = this.#full.shift();
    this.#fullBytes -= bytes?.length ?? 0;
    return bytes;
  }

  /** Takes a buffer back. */
  release(bytes: Uint8Array): void {
    this.#pool.give(new Uint8Array(bytes.buffer as ArrayBuffer));
  }

  /** Gives all up that waits. */
  clear(): void {
    for (let bytes = this.take(); bytes !== undefined; bytes = this.take()) this.release(bytes);
  }

  /** HEADERS, and CONTINUATION where the block does not fit; `prefix` comes before `block`. */
  headers(stream: number, block: Uint8Array, endStream: boolean, prefix?: Uint8Array): void {
    const whole = prefix === undefined ? block : Uint8Array.of(...prefix, ...block);
    const endFlag = endStream ? Flag.END_STREAM : 0;
    if (whole.length <= MAX_FRAME_SIZE) {
      return this.#frame(FrameType.HEADERS, Flag.END_HEADERS | endFlag, stream, whole);
    }
    for (let at = 0; at < whole.length; at += MAX_FRAME_SIZE) {
      const type = at === 0 ? FrameType.HEADERS : FrameType.CONTINUATION;
      const last = at + MAX_FRAME_SIZE >= whole.length ? Flag.END_HEADERS : 0;
      const part = whole.subarray(at, at + MAX_FRAME_SIZE);
      this.#frame(type, last | (at === 0 ? endFlag : 0), stream, part);
    }
  }

  /** DATA of two parts that are not one in memory; together at most {@linkcode MAX_FRAME_SIZE}. */
  data(stream: number, first: Uint8Array, second: Uint8Array): void {
    const length = first.length + second.length;
    const at = this.#begin(FrameType.DATA, 0, stream, length);
    const buffer = this.#buffer as Uint8Array;
    copy(first, buffer, at);
    copy(second, buffer, at + first.length);
  }

  /** DATA without data, which says that none follows. */
  endOfData(stream: number): void {
    this.#begin(FrameType.DATA, Flag.END_STREAM, stream, 0);
  }

  rstStream(stream: number, code: number): void {
    const at = this.#begin(FrameType.RST_STREAM, 0, stream, 4);
    writeUint32(this.#buffer as Uint8Array, at, code);
  }

  settings(pairs: readonly (readonly [id: number, value: number])[]): void {
    let at = this.#begin(FrameType.SETTINGS, 0, 0, pairs.length * 6);
    const buffer = this.#buffer as Uint8Array;
    for (const [id, value] of pairs) {
      buffer[at] = id >>> 8;
      buffer[at + 1] = id;
      writeUint32(buffer, at + 2, value);
      at += 6;
    }
  }

  settingsAck(): void {
    this.#begin(FrameType.SETTINGS, Flag.ACK, 0, 0);
  }

  /** `opaque` is 8 bytes. */
  ping(opaque: Uint8Array, ack: boolean): void {
    this.#frame(FrameType.PING, ack ? Flag.ACK : 0, 0, opaque);
  }

  goaway(lastStream: number, code: number, debug: string): void {
    const text = new TextEncoder().encode(debug);
    const at = this.#begin(FrameType.GOAWAY, 0, 0, 8 + text.length);
    const buffer = this.#buffer as Uint8Array;
    writeUint32(buffer, at, lastStream);
    writeUint32(buffer, at + 4, code);
    buffer.set(text, at + 8);
  }

  windowUpdate(stream: number, increment: number): void {
    const at = this.#begin(FrameType.WINDOW_UPDATE, 0, stream, 4);
    writeUint32(this.#buffer as Uint8Array, at, increment);
  }

  #frame(type: number, flags: number, stream: number, payload: Uint8Array): void {
    const at = this.#begin(type, flags, stream, payload.length);
    copy(payload, this.#buffer as Uint8Array, at);
  }

  /** Writes a frame's header, makes room for its payload, and returns where that begins. */
  #begin(type: number, flags: number, stream: number, length: number): number {
    const size = FRAME_HEADER + length;
    if (this.#buffer === undefined || this.#at + size > this.#buffer.length) {
      this.#seal();
      this.#buffer = this.#pool.take();
    }
    const wasEmpty = this.pending === 0;
    const buffer = this.#buffer;
    const at = this.#at;
    this.#at = at + size;
    buffer[at] = length >>> 16;
    buffer[at + 1] = length >>> 8;
    buffer[at + 2] = length;
    buffer[at + 3] = type;
    buffer[at + 4] = flags;
    writeUint32(buffer, at + 5, stream);
    if (wasEmpty) this.#onOutput();
    return at + FRAME_HEADER;
  }

  #seal(): void {
    if (this.#buffer === undefined) return;
    this.#full.push(this.#buffer.subarray(0, this.#at));
    this.#fullBytes += this.#at;
    this.#buffer = undefined;
    this.#at = 0;
  }
}

/** For a few bytes a loop is faster than `set`. */
function copy(from: Uint8Array, to: Uint8Array, at: number): void {
  const { length } = from;
  if (length > 64) return to.set(from, at);
  for (let i = 0; i < length; i++) to[at + i] = from[i] as number;
}
