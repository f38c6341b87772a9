/**
 * Takes messages out of the data of a stream: gRPC over HTTP/2, "Length-Prefixed-Message". What nobody
 * has asked for yet stays as it is, so that the stream's flow-control window bounds it.
 *
 * @module
 */
import type { ErrorStatusName } from "../status.ts";
import { decompress, isKnownEncoding } from "./decompress.ts";

/** Who reads the messages. */
export interface MessageSink {
  message(bytes: Uint8Array): void;
  /** There are no more. */
  messagesEnded(): void;
  /** What came is no message that can be taken; nothing follows. */
  unreadable(code: ErrorStatusName, reason: string): void;
  /** So many bytes of the stream were used. */
  consumed(bytes: number): void;
}

/** What a connection's requests take of memory before they are whole, in bytes. */
export interface RequestMemory {
  used: number;
  readonly max: number;
  /** Called when a call is refused since it would take more. */
  readonly onExceeded: () => void;
}

/** The bytes before a message: a flag, and the length. */
const PREFIX = 5;

/** A message that is still to come takes so much memory; more only as it comes. */
const FIRST_ALLOCATION = 128 * 1024;

/** Reads the messages of one call. */
export class MessageReader {
  readonly #sink: MessageSink;
  readonly #maxBytes: number;
  readonly #encoding: string | undefined;
  readonly #memory: RequestMemory;
  /** Whether one more message was asked for. */
  #wanted = false;
  /** Whether this is at work further up the stack, or a message is being decompressed. */
  #busy = false;
  #ended = false;
  #stopped = false;
  /** Data that nobody has asked for, from and to. */
  #held: Uint8Array | undefined;
  #heldFrom = 0;
  #heldTo = 0;
  /** The message that is coming: how much of prefix and body has come. */
  #flag = 0;
  #length = 0;
  #prefixRead = 0;
  #body: Uint8Array | undefined;
  #bodyRead = 0;
  /** What of the body is counted as memory of the connection: what waits for the rest of it. */
  #bodyCounted = 0;

  constructor(
    sink: MessageSink,
    maxBytes: number,
    encoding: string | undefined,
    memory: RequestMemory,
  ) {
    this.#sink = sink;
    this.#maxBytes = maxBytes;
    this.#encoding = encoding;
    this.#memory = memory;
  }

  /** Asks for one more message, or for the end. */
  read(): void {
    this.#wanted = true;
    if (!this.#busy) this.#advance();
  }

  /** Takes data, and keeps none of it. */
  data(bytes: Uint8Array, start: number, end: number): void {
    if (this.#stopped) return;
    let at = start;
    if (this.#wanted && !this.#busy && this.#held === undefined) {
      at = this.#parse(bytes, start, end);
      if (this.#stopped) return;
    }
    if (at < end) this.#hold(bytes, at, end);
    else if (!this.#busy) this.#advance();
  }

  /** The data is complete. */
  end(): void {
    this.#ended = true;
    if (!this.#busy) this.#advance();
  }

  /** Gives up what has come. */
  stop(): void {
    this.#stopped = true;
    this.#take(-this.#bodyCounted - (this.#held?.length ?? 0));
    this.#bodyCounted = 0;
    this.#body = this.#held = undefined;
  }

  #advance(): void {
    while (this.#wanted && !this.#busy && !this.#stopped && this.#held !== undefined) {
      const held = this.#held;
      this.#heldFrom = this.#parse(held, this.#heldFrom, this.#heldTo);
      if (this.#stopped || this.#heldFrom < this.#heldTo) continue;
      this.#take(-held.length);
      this.#held = undefined;
    }
    if (!this.#ended || !this.#wanted || this.#busy || this.#stopped || this.#held) return;
    this.#wanted = false;
    if (this.#prefixRead === 0) return this.#sink.messagesEnded();
    this.#refuse("INTERNAL", "The request ended inside a message");
  }

  /** Takes messages out while they are wanted; returns how far it came. */
  #parse(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    this.#busy = true;
    let isDecompressing = false;
    while (at < end && this.#wanted && !this.#stopped && !isDecompressing) {
      at = this.#prefixRead < PREFIX ? this.#readPrefix(bytes, at, end) : at;
      if (this.#stopped || this.#prefixRead < PREFIX) break;
      at = this.#readBody(bytes, at, end);
      if (this.#bodyRead === this.#length && !this.#stopped) isDecompressing = this.#deliver();
    }
    this.#busy = isDecompressing;
    if (!this.#stopped) this.#sink.consumed(at - start);
    return at;
  }

  #readPrefix(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end && this.#prefixRead < PREFIX; this.#prefixRead++, at++) {
      const byte = bytes[at] as number;
      if (this.#prefixRead === 0) this.#flag = byte;
      else this.#length = (this.#prefixRead === 1 ? 0 : this.#length * 256) + byte;
    }
    if (this.#prefixRead === PREFIX) this.#checkPrefix();
    return at;
  }

  #checkPrefix(): void {
    if (this.#length > this.#maxBytes) {
      const message = `The request of ${this.#length} bytes is larger than the limit`;
      return this.#refuse("RESOURCE_EXHAUSTED", `${message} of ${this.#maxBytes}`);
    }
    if (this.#flag === 0) return;
    const encoding = this.#encoding ?? "identity";
    if (this.#flag > 1 || encoding === "identity") {
      this.#refuse("INTERNAL", `A message has flag ${this.#flag} and encoding '${encoding}'`);
    } else if (!isKnownEncoding(encoding)) {
      this.#refuse("UNIMPLEMENTED", `The server does not know the encoding '${encoding}'`);
    }
  }

  #readBody(bytes: Uint8Array, from: number, end: number): number {
    const taken = Math.min(end - from, this.#length - this.#bodyRead);
    const needed = this.#bodyRead + taken;
    if (this.#body === undefined && taken === this.#length) {
      // The usual case: all of it is there.
      this.#body = copyOf(bytes, from, from + taken);
    } else {
      if ((this.#body?.length ?? 0) < needed) this.#growBody(needed);
      if (this.#stopped) return from;
      this.#body?.set(bytes.subarray(from, from + taken), this.#bodyRead);
    }
    this.#bodyRead = needed;
    return from + taken;
  }

  #growBody(needed: number): void {
    const old = this.#body;
    const size = Math.min(this.#length, Math.max(needed * 2, FIRST_ALLOCATION));
    if (!this.#take(size - this.#bodyCounted)) return;
    this.#bodyCounted = size;
    this.#body = new Uint8Array(size);
    if (old) this.#body.set(old);
  }

  /** Hands the message on; true when it must be decompressed first. */
  #deliver(): boolean {
    const bytes = this.#body as Uint8Array;
    this.#take(-this.#bodyCounted);
    this.#body = undefined;
    this.#bodyRead = this.#prefixRead = this.#bodyCounted = 0;
    if (this.#flag === 1) {
      decompress(this.#encoding as string, bytes, this.#maxBytes, (result) => {
        if (!this.#stopped) this.#decompressed(result);
      });
      return true;
    }
    this.#wanted = false;
    this.#sink.message(bytes);
    return false;
  }

  #decompressed(result: Uint8Array | "too large" | "broken"): void {
    this.#busy = false;
    if (result === "broken") return this.#refuse("INTERNAL", "Cannot decompress a message");
    if (result === "too large") {
      const reason = `A message decompresses to more than the limit of ${this.#maxBytes} bytes`;
      return this.#refuse("RESOURCE_EXHAUSTED", reason);
    }
    this.#wanted = false;
    this.#sink.message(result);
    this.#advance();
  }

  #hold(bytes: Uint8Array, from: number, to: number): void {
    const kept = this.#heldTo - this.#heldFrom;
    const needed = (this.#held === undefined ? 0 : kept) + to - from;
    if (this.#held === undefined || this.#held.length - this.#heldTo < to - from) {
      const old = this.#held;
      const size = Math.max(256, needed * 2);
      if (!this.#take(size - (old?.length ?? 0))) return;
      this.#held = new Uint8Array(size);
      if (old) this.#held.set(old.subarray(this.#heldFrom, this.#heldTo));
      this.#heldTo = old ? kept : 0;
      this.#heldFrom = 0;
    }
    this.#held.set(bytes.subarray(from, to), this.#heldTo);
    this.#heldTo += to - from;
  }

  /** Counts memory of the connection; false when it is used up, and the call refused. */
  #take(bytes: number): boolean {
    this.#memory.used += bytes;
    if (bytes <= 0 || this.#memory.used <= this.#memory.max) return true;
    this.#memory.used -= bytes;
    this.#memory.onExceeded();
    this.#refuse("RESOURCE_EXHAUSTED", "The connection has too many requests that are not whole");
    return false;
  }

  #refuse(code: ErrorStatusName, reason: string): void {
    this.stop();
    this.#sink.unreadable(code, reason);
  }
}

/** Small messages share their memory: it costs less than memory of their own. */
const SLAB = 16 * 1024;
const SMALL = 1024;
let slab = new ArrayBuffer(SLAB);
let slabAt = 0;

/** A copy that lives as long as whoever has it: a decoded message may refer to it. */
function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const length = end - start;
  if (length > SMALL) return bytes.slice(start, end);
  if (slabAt + length > SLAB) {
    slab = new ArrayBuffer(SLAB);
    slabAt = 0;
  }
  const copy = Buffer.from(slab, slabAt, length);
  slabAt += length;
  for (let at = 0; at < length; at++) copy[at] = bytes[start + at] as number;
  return copy;
}
