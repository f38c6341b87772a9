/**
 * Writes frames (RFC 9113, section 6) one after the other into buffers, which go out when the turn of
 * the event loop is over: what is answered together travels together.
 *
 * @module
 */
import type { BufferPool } from "./buffer_pool.ts";
import { ErrorCode, type ErrorName } from "./error.ts";
import { Flag, FRAME_HEADER, FrameType, MAX_FRAME_SIZE, writeUint32 } from "./frame.ts";
import { EMPTY_TABLE } from "./hpack/encoder.ts";

const NOTHING: Uint8Array = new Uint8Array();

/** The most of a header block that one frame takes, so that there is room for {@linkcode EMPTY_TABLE}. */
const MAX_FRAGMENT = MAX_FRAME_SIZE - EMPTY_TABLE.length;

/** Frames that wait to be sent. */
export class FrameWriter {
  /** Whether HEADERS or DATA were written; for others to take back. */
  hasReplied = false;
  /** Whether the next header block must begin with {@linkcode EMPTY_TABLE}. */
  mustEmptyTable = false;
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

  /** DATA of two parts that are not one in memory; together at most {@linkcode MAX_FRAME_SIZE}. */
  data(stream: number, first: Uint8Array, second: Uint8Array): void {
    this.hasReplied = true;
    this.#frame(FrameType.DATA, 0, stream, first, second);
  }

  /** DATA without data, which says that none follows. */
  endOfData(stream: number): void {
    this.#frame(FrameType.DATA, Flag.END_STREAM, stream);
  }

  /** HEADERS, and CONTINUATION where the block does not fit. */
  headers(stream: number, block: Uint8Array, endStream: boolean): void {
    this.hasReplied = true;
    let update = this.mustEmptyTable ? EMPTY_TABLE : NOTHING;
    this.mustEmptyTable = false;
    let type: number = FrameType.HEADERS;
    let flags = endStream ? Flag.END_STREAM : 0;
    let rest = block;
    while (rest.length > MAX_FRAGMENT) {
      this.#frame(type, flags, stream, update, rest.subarray(0, MAX_FRAGMENT));
      rest = rest.subarray(MAX_FRAGMENT);
      update = NOTHING;
      type = FrameType.CONTINUATION;
      flags = 0;
    }
    this.#frame(type, flags | Flag.END_HEADERS, stream, update, rest);
  }

  rstStream(stream: number, code: ErrorName): void {
    this.#frame(FrameType.RST_STREAM, 0, stream, uint32s(ErrorCode[code]));
  }

  /** Infinity is no limit: it is not said. */
  settings(settings: readonly (readonly [id: number, value: number])[]): void {
    const said = settings.filter(([, value]) => value !== Infinity);
    const payload = new Uint8Array(said.length * 6);
    said.forEach(([id, value], at) => {
      payload[6 * at + 1] = id;
      writeUint32(payload, 6 * at + 2, value);
    });
    this.#frame(FrameType.SETTINGS, 0, 0, payload);
  }

  settingsAck(): void {
    this.#frame(FrameType.SETTINGS, Flag.ACK, 0);
  }

  /** `opaque` is 8 bytes. */
  ping(opaque: Uint8Array, ack: boolean): void {
    this.#frame(FrameType.PING, ack ? Flag.ACK : 0, 0, opaque);
  }

  goaway(lastStream: number, code: ErrorName, debug: string): void {
    const text = new TextEncoder().encode(debug);
    this.#frame(FrameType.GOAWAY, 0, 0, uint32s(lastStream, ErrorCode[code]), text);
  }

  windowUpdate(stream: number, increment: number): void {
    this.#frame(FrameType.WINDOW_UPDATE, 0, stream, uint32s(increment));
  }

  /** A frame whose payload comes in two parts. */
  #frame(type: number, flags: number, stream: number, first = NOTHING, second = NOTHING): void {
    const length = first.length + second.length;
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
    copy(first, buffer, at + FRAME_HEADER);
    copy(second, buffer, at + FRAME_HEADER + first.length);
    if (wasEmpty) this.#onOutput();
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

function uint32s(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  values.forEach((value, at) => writeUint32(bytes, 4 * at, value));
  return bytes;
}
