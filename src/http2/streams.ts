/**
 * The streams of a connection: who may open one, and how each ends (RFC 9113, section 5.1).
 *
 * @module
 */
import { ClosedStreams } from "./closed_streams.ts";
import { ConnectionError, ErrorCode, type ErrorName } from "./error.ts";
import { Allowance } from "./flood_guard.ts";
import type { FrameWriter } from "./frame_writer.ts";
import { encodeFields } from "./hpack/encoder.ts";
import { OpenStreams } from "./open_streams.ts";
import type { Http2Events, Http2Options } from "./options.ts";
import type { PingLimit } from "./ping_limit.ts";
import type { Receiving } from "./receiving.ts";
import type { RequestHead } from "./request_head.ts";
import type { Sending } from "./sending.ts";
import { Stream, type StreamEnd, type StreamOwner } from "./stream.ts";

/** The answer to a request whose head is too large (RFC 6585, section 5). */
const TOO_LARGE = encodeFields([":status", "431"]);

/** What the streams of a connection work with. */
export interface StreamsParts {
  readonly options: Http2Options;
  readonly events: Http2Events;
  readonly writer: FrameWriter;
  readonly sending: Sending;
  readonly receiving: Receiving;
  readonly pings: PingLimit;
  /** Called when the last has closed, and when the first has opened. */
  readonly onEmpty: (isEmpty: boolean) => void;
}

/** The streams of one connection. */
export class Streams implements StreamOwner {
  /** The highest stream that the client has opened. */
  last = 0;
  /** Whether new ones are refused. */
  isClosing = false;
  /** What goes before the next header block, if anything must. */
  sizeUpdate: Uint8Array | undefined;
  readonly #parts: StreamsParts;
  readonly #open = new OpenStreams();
  readonly #closed = new ClosedStreams();
  /** How many streams more the client may break off, or make us break off. */
  readonly #resets: Allowance;
  /** Streams that are closed while something still works on their requests. */
  #lingering = 0;
  /** Bytes of replies that wait for the peer to take what was sent before. */
  #waiting = 0;

  constructor(parts: StreamsParts) {
    this.#parts = parts;
    const { clock, maxBurst, maxBurstPerSecond } = parts.options;
    this.#resets = new Allowance(clock, maxBurst, maxBurstPerSecond);
  }

  get size(): number {
    return this.#open.size;
  }

  get(id: number): Stream | undefined {
    return this.#open.get(id);
  }

  /**
   * The stream that a frame is for; undefined where it is closed and the frame was under way, or `allowed`
   * then. Throws {@linkcode ConnectionError} and {@linkcode StreamError} where none may come.
   */
  find(id: number, allowed = false): Stream | undefined {
    return this.#open.get(id) ?? this.#closed.missing(id, this.last, allowed);
  }

  closedBy(id: number): ReturnType<ClosedStreams["by"]> {
    return this.#closed.by(id);
  }

  [Symbol.iterator](): IterableIterator<Stream> {
    return this.#open[Symbol.iterator]();
  }

  /** Opens a stream with a request, or refuses it. `head` is undefined where it was too large. */
  open(id: number, head: RequestHead | undefined, endStream: boolean): void {
    const { options, events, writer, sending, receiving, onEmpty } = this.#parts;
    if (this.isClosing) return this.refuse(id, "REFUSED_STREAM");
    if (this.#open.size + this.#lingering >= options.maxConcurrentStreams) {
      events.refused("streams");
      return this.refuse(id, "REFUSED_STREAM");
    }
    if (head === undefined) {
      events.refused("headers");
      writer.headers(id, TOO_LARGE, true, this.sizeUpdate);
      this.sizeUpdate = undefined;
      return this.refuse(id, "NO_ERROR");
    }
    const stream = new Stream(this, id, head, sending.initialWindow, receiving.streamWindow);
    stream.remoteEnded = endStream;
    this.#open.add(stream);
    if (this.#open.size === 1) onEmpty(false);
    stream.handler = events.request(stream);
    if (endStream && !stream.isClosed) this.end(stream);
  }

  /** The client has sent all of its request. */
  end(stream: Stream): void {
    stream.remoteEnded = true;
    const { contentLength } = stream.head;
    if (contentLength !== undefined && contentLength !== stream.received) {
      return this.refuse(stream.id, "PROTOCOL_ERROR");
    }
    stream.handler.endOfData();
  }

  /** The client has reset a stream. */
  resetByPeer(stream: Stream): void {
    this.#close(stream, "peer", "reset");
    this.#countReset();
  }

  /** Resets a stream, open or not, for what the client did. */
  refuse(id: number, code: ErrorName): void {
    this.#parts.writer.rstStream(id, ErrorCode[code]);
    const stream = this.#open.get(id);
    if (stream === undefined) this.#closed.add(id, "us");
    else this.#close(stream, "us", "reset");
    this.#countReset();
  }

  /** Ends all, since the connection has ended. */
  lose(): void {
    for (const stream of this.#open) this.#close(stream, "us", "lost");
  }

  sendHeaders(stream: Stream, block: Uint8Array): void {
    this.#sendHeaders(stream, block, false);
  }

  sendEnd(stream: Stream, trailers: Uint8Array | undefined): void {
    const { writer } = this.#parts;
    if (trailers === undefined) writer.endOfData(stream.id);
    else this.#sendHeaders(stream, trailers, true);
    this.#resets.earn();
    if (!stream.remoteEnded) writer.rstStream(stream.id, ErrorCode.NO_ERROR);
    this.#close(stream, stream.remoteEnded ? "end" : "us", "sent");
  }

  sendData(stream: Stream, first: Uint8Array, second: Uint8Array): number {
    this.#parts.pings.sent = true;
    return this.#parts.sending.send(stream, first, second);
  }

  waitToSend(stream: Stream): void {
    const { options, events, writer, sending } = this.#parts;
    stream.counted = stream.waiting;
    this.#waiting += stream.counted;
    // A reply larger than the limit may wait, but alone.
    if (this.#waiting <= options.maxWaitingBytes || this.#waiting === stream.counted) {
      return sending.wait(stream);
    }
    events.refused("replies");
    writer.rstStream(stream.id, ErrorCode.ENHANCE_YOUR_CALM);
    this.#close(stream, "us", "limited");
  }

  waitsNoMore(stream: Stream): void {
    this.#waiting -= stream.counted;
    stream.counted = 0;
  }

  consumed(stream: Stream, bytes: number): void {
    this.#parts.receiving.consumed(stream, bytes);
  }

  reset(stream: Stream, code: ErrorName): void {
    this.#parts.writer.rstStream(stream.id, ErrorCode[code]);
    this.#close(stream, "us", "reset");
  }

  settled(): void {
    this.#lingering--;
  }

  #sendHeaders(stream: Stream, block: Uint8Array, endStream: boolean): void {
    const { writer, pings } = this.#parts;
    pings.sent = true;
    writer.headers(stream.id, block, endStream, this.sizeUpdate);
    this.sizeUpdate = undefined;
  }

  #close(stream: Stream, by: "end" | "peer" | "us", how: StreamEnd): void {
    this.#open.delete(stream);
    this.#closed.add(stream.id, by);
    this.#parts.sending.forget(stream);
    stream.isClosed = true;
    stream.drop();
    if (how !== "sent" && stream.handler.running === true) {
      stream.lingers = true;
      this.#lingering++;
    }
    stream.handler.closed(how);
    if (this.#open.size === 0) this.#parts.onEmpty(true);
  }

  #countReset(): void {
    if (this.#resets.use()) return;
    throw new ConnectionError("ENHANCE_YOUR_CALM", "too many streams were reset", "resets");
  }
}
