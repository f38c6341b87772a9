/**
 * Takes messages out of the data of a stream: gRPC over HTTP/2, "Length-Prefixed-Message". What nobody
 * has asked for yet stays as it is, so that the stream's flow-control window bounds it.
 *
 * @module
 */
import type { Stream } from "../../http2/stream.ts";
import { RpcError } from "../status.ts";
import type { ServerWireListener } from "../wire.ts";
import { decompress, type Encoding } from "./compression.ts";
import { PREFIX_BYTES, refusalOf } from "./message_prefix.ts";
import { requestInfo } from "./request.ts";
import { countBytes, RequestBuffer, type RequestMemory } from "./request_memory.ts";

/** Reads the messages of one call. */
export class MessageReader {
  /** Whether the message that was given last had been compressed. */
  wasCompressed = false;
  readonly #stream: Pick<Stream, "head" | "consumed">;
  readonly #memory: RequestMemory;
  readonly #listener: Pick<ServerWireListener, "message" | "endOfMessages">;
  readonly #onUnreadable: (error: RpcError) => void;
  /** Whether one more message was asked for. */
  #wanted = false;
  /** Whether a message is being given; what is asked for meanwhile is looked for afterwards. */
  #isGiving = false;
  #ended = false;
  #stopped = false;
  /** Data that nobody has asked for. */
  #held: RequestBuffer | undefined;
  /** How many bytes of the next message's prefix have come, and what they say so far. */
  #prefixBytes = 0;
  #flag = 0;
  #length = 0;
  /** What has come of a message that is not all there. */
  #body: RequestBuffer | undefined;
  /** What is counted of a message that is whole while its request is not. */
  #kept = 0;

  /** `onUnreadable` is told why what came is no message that can be taken; nothing follows. */
  constructor(
    stream: Pick<Stream, "head" | "consumed">,
    memory: RequestMemory,
    listener: Pick<ServerWireListener, "message" | "endOfMessages">,
    onUnreadable: (error: RpcError) => void,
  ) {
    this.#stream = stream;
    this.#memory = memory;
    this.#listener = listener;
    this.#onUnreadable = onUnreadable;
  }

  /** Asks for one more message, or for the end; not before the last that was asked for has come. */
  read(): void {
    this.#wanted = !this.#stopped;
    if (!this.#isGiving) this.#advance();
  }

  /** Takes data, and keeps none of it. */
  data(bytes: Uint8Array, start: number, end: number): void {
    // What is held is not wanted, and neither is what comes after it.
    const at = this.#held === undefined ? this.#parse(bytes, start, end) : start;
    if (at === end || this.#stopped) return;
    this.#held ??= new RequestBuffer(this.#memory);
    if (!this.#held.append(bytes, at, end)) this.#refuseForMemory();
  }

  /** The data is complete. */
  end(): void {
    this.#ended = true;
    this.#advance();
  }

  /** Gives up what has come. */
  stop(): void {
    this.#stopped = true;
    this.#wanted = false;
    this.#held?.release();
    this.#body?.release();
    this.#held = this.#body = undefined;
    this.#keep(0);
  }

  /** Takes what is wanted out of what is held; says that there is no more where that is so. */
  #advance(): void {
    const held = this.#held;
    if (held !== undefined) {
      held.from = this.#parse(held.bytes, held.from, held.to);
      if (this.#stopped || held.length > 0) return;
      held.release();
      this.#held = undefined;
    }
    if (!this.#ended || !this.#wanted) return;
    this.#wanted = false;
    this.#keep(0);
    if (this.#prefixBytes === 0) return this.#listener.endOfMessages();
    this.#refuse(new RpcError("INTERNAL", "The request ended inside a message"));
  }

  /** Takes messages out while they are wanted; returns how far it came. */
  #parse(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end && this.#wanted) {
      at = this.#body === undefined
        ? this.#begin(bytes, at, end)
        : this.#continue(this.#body, bytes, at, end);
    }
    if (at > start) this.#stream.consumed(at - start);
    return at;
  }

  /** Takes a prefix, or what has come of it, and a message that is all there. */
  #begin(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    for (; this.#prefixBytes < PREFIX_BYTES; this.#prefixBytes++, at++) {
      if (at === end) return at;
      const byte = bytes[at] as number;
      if (this.#prefixBytes === 0) this.#flag = byte;
      else this.#length = this.#length * 256 + byte;
    }
    const { encoding } = requestInfo(this.#stream.head);
    const refusal = refusalOf(this.#flag, this.#length, encoding, this.#memory.maxMessage);
    if (refusal !== undefined) {
      this.#refuse(refusal);
      return at;
    }
    this.#body = new RequestBuffer(this.#memory, this.#length);
    return this.#continue(this.#body, bytes, at, end);
  }

  #continue(body: RequestBuffer, bytes: Uint8Array, at: number, end: number): number {
    const to = Math.min(end, at + body.missing);
    if (!body.append(bytes, at, to)) {
      this.#refuseForMemory();
    } else if (body.missing === 0) {
      const message = body.bytes;
      body.release();
      this.#body = undefined;
      this.#deliver(message);
    }
    return to;
  }

  /** Takes a message that is all there. */
  #deliver(bytes: Uint8Array): void {
    this.#wanted = false;
    this.#prefixBytes = this.#length = 0;
    this.wasCompressed = this.#flag === 1;
    if (!this.wasCompressed) return this.#give(bytes);
    const encoding = requestInfo(this.#stream.head).encoding as Encoding;
    const isWanted = (length: number) => !this.#stopped && this.#keep(length);
    decompress(encoding, bytes, this.#memory.maxMessage, isWanted).then((message) => {
      if (this.#stopped) return;
      this.#give(message);
      this.#advance();
    }).catch((cause) => {
      const isKnown = cause instanceof RpcError;
      this.#refuse(isKnown ? cause : new RpcError("INTERNAL", "Cannot take a message", { cause }));
    });
  }

  /** Hands a message on. Who asks for more at once keeps it until the end of the request, as unary methods do. */
  #give(message: Uint8Array): void {
    this.#isGiving = true;
    this.#listener.message(message);
    this.#isGiving = false;
    this.#keep(this.#wanted ? message.length : 0);
  }

  /** Counts so many bytes as kept; false when that is too much for the connection, and the call refused. */
  #keep(bytes: number): boolean {
    const fits = countBytes(this.#memory, bytes - this.#kept);
    if (fits) this.#kept = bytes;
    else this.#refuseForMemory();
    return fits;
  }

  #refuseForMemory(): void {
    const reason = "The connection has too many requests that are not whole";
    this.#refuse(new RpcError("RESOURCE_EXHAUSTED", reason));
  }

  #refuse(error: RpcError): void {
    if (this.#stopped) return;
    this.stop();
    this.#onUnreadable(error);
  }
}
