/**
 * Takes messages out of the data of a stream: gRPC over HTTP/2, "Length-Prefixed-Message". What nobody
 * has asked for yet stays as it is, so that the stream's flow-control window bounds it.
 *
 * @module
 */
import type { ErrorStatusName } from "../status.ts";
import { decompress, type Encoding, type Unreadable } from "./compression.ts";
import { PREFIX_BYTES, refusalOf } from "./message_prefix.ts";
import { copyOf, RequestBuffer, type RequestMemory } from "./request_memory.ts";

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

/** A message that is still to come takes so much memory; more only as it comes. */
const FIRST_ALLOCATION = 128 * 1024;

/** Data that waits to be asked for takes at least so much. */
const LEAST_HELD = 256;

/** Reads the messages of one call. */
export class MessageReader {
  /** Whether the message that was given last had been compressed. */
  wasCompressed = false;
  readonly #sink: MessageSink;
  readonly #maxBytes: number;
  readonly #encoding: string | undefined;
  readonly #memory: RequestMemory;
  /** Whether one more message was asked for. */
  #wanted = false;
  /** Whether this is at work further up the stack. */
  #isParsing = false;
  #ended = false;
  #stopped = false;
  /** Data that nobody has asked for, or that is less than a prefix. */
  #held: RequestBuffer | undefined;
  /** What has come of a message that is not all there, and what its prefix says. */
  #body: RequestBuffer | undefined;
  #flag = 0;
  #length = 0;
  /** What is counted of a message that is whole while its request is not. */
  #kept = 0;

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

  /** Asks for one more message, or for the end; not before the last that was asked for has come. */
  read(): void {
    this.#wanted = true;
    if (!this.#isParsing) this.#advance();
  }

  /** Takes data, and keeps none of it. */
  data(bytes: Uint8Array, start: number, end: number): void {
    if (this.#stopped) return;
    let at = start;
    if (this.#wanted && !this.#isParsing && this.#held === undefined) {
      at = this.#parse(bytes, start, end);
      if (this.#stopped) return;
    }
    if (at < end) {
      this.#held ??= new RequestBuffer(this.#memory, LEAST_HELD, Infinity);
      if (!this.#held.append(bytes, at, end)) return this.#refuseForMemory();
    }
    if (!this.#isParsing) this.#advance();
  }

  /** The data is complete. */
  end(): void {
    this.#ended = true;
    if (!this.#isParsing) this.#advance();
  }

  /** Gives up what has come. */
  stop(): void {
    this.#stopped = true;
    this.#held?.release();
    this.#body?.release();
    this.#held = this.#body = undefined;
    this.#keep(0);
  }

  #advance(): void {
    while (this.#wanted && !this.#isParsing && !this.#stopped && this.#held !== undefined) {
      const held = this.#held;
      const at = this.#parse(held.bytes, held.from, held.to);
      if (this.#stopped) return;
      // The rest of a prefix is missing.
      if (at === held.from) break;
      held.from = at;
      if (held.length > 0) continue;
      held.release();
      this.#held = undefined;
    }
    if (!this.#ended || !this.#wanted || this.#isParsing || this.#stopped) return;
    this.#wanted = false;
    this.#keep(0);
    if (this.#held === undefined && this.#body === undefined) return this.#sink.messagesEnded();
    this.#refuse("INTERNAL", "The request ended inside a message");
  }

  /** Takes messages out while they are wanted; returns how far it came. */
  #parse(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    this.#isParsing = true;
    while (this.#wanted && !this.#stopped) {
      const next = this.#body === undefined
        ? this.#begin(bytes, at, end)
        : this.#continue(this.#body, bytes, at, end);
      if (next === at) break;
      at = next;
    }
    this.#isParsing = false;
    if (!this.#stopped && at > start) this.#sink.consumed(at - start);
    return at;
  }

  /** Takes a message, or what has come of it, once there is a whole prefix. */
  #begin(bytes: Uint8Array, at: number, end: number): number {
    const from = at + PREFIX_BYTES;
    if (from > end) return at;
    const flag = bytes[at] as number;
    let length = 0;
    for (let i = at + 1; i < from; i++) length = length * 256 + (bytes[i] as number);
    const refusal = refusalOf(flag, length, this.#encoding, this.#maxBytes);
    if (refusal !== undefined) {
      this.#refuse(refusal.code, refusal.reason);
      return at;
    }
    this.#flag = flag;
    if (length <= end - from) {
      this.#deliver(copyOf(bytes, from, from + length));
      return from + length;
    }
    this.#length = length;
    this.#body = new RequestBuffer(this.#memory, FIRST_ALLOCATION, length);
    return this.#continue(this.#body, bytes, from, end);
  }

  #continue(body: RequestBuffer, bytes: Uint8Array, at: number, end: number): number {
    const to = Math.min(end, at + this.#length - body.length);
    if (at === to) return at;
    if (!body.append(bytes, at, to)) {
      this.#refuseForMemory();
    } else if (body.length === this.#length) {
      const message = body.bytes;
      body.release();
      this.#body = undefined;
      this.#deliver(message);
    }
    return to;
  }

  #deliver(bytes: Uint8Array): void {
    this.#wanted = false;
    this.wasCompressed = this.#flag === 1;
    if (!this.wasCompressed) return this.#give(bytes);
    const encoding = this.#encoding as Encoding;
    const result = decompress(
      encoding,
      bytes,
      this.#maxBytes,
      (length) => !this.#stopped && this.#keep(length),
    );
    if (result instanceof Promise) result.then((later) => this.#decompressed(later));
    else this.#decompressed(result);
  }

  #decompressed(result: Uint8Array | Unreadable): void {
    if (this.#stopped) return;
    if (result === "broken") return this.#refuse("INTERNAL", "Cannot decompress a message");
    if (result !== "too large") return this.#give(result);
    const reason = `A message decompresses to more than the limit of ${this.#maxBytes} bytes`;
    this.#refuse("RESOURCE_EXHAUSTED", reason);
  }

  /** Hands a message on. Who asks for more at once keeps it until the end of the request, as unary methods do. */
  #give(message: Uint8Array): void {
    this.#sink.message(message);
    if (!this.#stopped) this.#keep(this.#wanted ? message.length : 0);
  }

  /** Counts so many bytes as kept; false when that is too much for the connection, and the call refused. */
  #keep(bytes: number): boolean {
    const used = this.#memory.used + bytes - this.#kept;
    if (bytes > this.#kept && used > this.#memory.max) {
      this.#memory.onExceeded();
      this.#refuseForMemory();
      return false;
    }
    this.#memory.used = used;
    this.#kept = bytes;
    return true;
  }

  #refuseForMemory(): void {
    this.#refuse("RESOURCE_EXHAUSTED", "The connection has too many requests that are not whole");
  }

  #refuse(code: ErrorStatusName, reason: string): void {
    this.stop();
    this.#sink.unreadable(code, reason);
  }
}
