/**
 * The streams of a connection: who may open one, and how each ends (RFC 9113, section 5.1).
 *
 * @module
 */
import { type ClosedBy, ClosedStreams } from "./closed_streams.ts";
import { ConnectionError, type ErrorName } from "./error.ts";
import { Allowance } from "./flood_guard.ts";
import { FlowControl } from "./flow_control.ts";
import { FrameWriter } from "./frame_writer.ts";
import { encodeFields } from "./hpack/encoder.ts";
import { OpenStreams } from "./open_streams.ts";
import type { Http2Events, Http2Options } from "./options.ts";
import type { RequestHead } from "./request_head.ts";
import { Stream, type StreamEnd } from "./stream.ts";

/** The answer to a request whose head is too large (RFC 6585, section 5). */
const TOO_LARGE = encodeFields([":status", "431"]);

/** The streams of one connection, and what all of them send and receive by. */
export class Streams {
  readonly writer: FrameWriter;
  readonly flow: FlowControl;
  readonly open = new OpenStreams();
  readonly closed = new ClosedStreams();
  /** The highest that the client has opened. */
  last = 0;
  /** Whether new ones are refused. */
  isClosing = false;
  /** Streams that are closed while something still works on their requests. */
  lingering = 0;
  readonly #options: Http2Options;
  readonly #events: Http2Events;
  readonly #onEmpty: (isEmpty: boolean) => void;
  /** How many streams more the client may break off, or make us break off. */
  readonly #resets: Allowance;

  /** `onEmpty` is called when the last has closed, and when the first has opened. */
  constructor(options: Http2Options, events: Http2Events, onEmpty: (isEmpty: boolean) => void) {
    this.writer = new FrameWriter(options.pool, () => events.output());
    this.flow = new FlowControl(this.writer, options);
    this.#options = options;
    this.#events = events;
    this.#onEmpty = onEmpty;
    this.#resets = new Allowance(options, "resets", "too many streams were reset");
  }

  /**
   * The stream that a frame is for. Where it is closed, undefined: the frame was under way, or is
   * `allowed` then, or is answered. Throws {@linkcode ConnectionError} where it was never opened.
   */
  find(id: number, allowed = false): Stream | undefined {
    const stream = this.open.get(id);
    if (stream !== undefined) return stream;
    if (id > this.last || id % 2 === 0) {
      throw new ConnectionError("PROTOCOL_ERROR", `Stream ${id} was never opened`);
    }
    if (!allowed && this.closed.by(id) !== "us") this.refuse(id, "STREAM_CLOSED");
    return undefined;
  }

  /** Opens a stream with a request, or refuses it. */
  request(id: number, head: RequestHead | "malformed" | "too large", endStream: boolean): void {
    if (head === "malformed") return this.refuse(id, "PROTOCOL_ERROR");
    if (this.isClosing) return this.refuse(id, "REFUSED_STREAM");
    if (this.open.size + this.lingering >= this.#options.maxConcurrentStreams) {
      this.#events.refused("streams");
      return this.refuse(id, "REFUSED_STREAM");
    }
    if (head === "too large") {
      this.#events.refused("headers");
      this.writer.headers(id, TOO_LARGE, true);
      return this.refuse(id, "NO_ERROR");
    }
    const stream = new Stream(this, id, head, this.#options.streamWindow);
    stream.remoteEnded = endStream;
    this.open.add(stream);
    if (this.open.size === 1) this.#onEmpty(false);
    stream.handler = this.#events.request(stream);
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
    this.#resets.use();
  }

  /** Resets a stream, open or not, for what the client did. */
  refuse(id: number, code: ErrorName): void {
    const stream = this.open.get(id);
    if (stream !== undefined) this.reset(stream, code, "reset");
    else {
      this.writer.rstStream(id, code);
      this.closed.add(id, "us");
    }
    this.#resets.use();
  }

  /** Ends a reply; a request of which more comes is not waited for. */
  reply(stream: Stream, trailers: Uint8Array | undefined): void {
    if (trailers === undefined) this.writer.endOfData(stream.id);
    else this.writer.headers(stream.id, trailers, true);
    this.#resets.earn();
    if (stream.remoteEnded) this.#close(stream, "end", "sent");
    else this.reset(stream, "NO_ERROR", "sent");
  }

  /** The reply of a stream would have to wait, and too much waits. */
  limit(stream: Stream): void {
    this.#events.refused("replies");
    this.reset(stream, "ENHANCE_YOUR_CALM", "limited");
  }

  /** Resets an open stream. */
  reset(stream: Stream, code: ErrorName, how: StreamEnd): void {
    this.writer.rstStream(stream.id, code);
    this.#close(stream, "us", how);
  }

  /** Ends all, since the connection has ended. */
  lose(): void {
    for (const stream of this.open) this.#close(stream, "us", "lost");
  }

  #close(stream: Stream, by: ClosedBy, how: StreamEnd): void {
    this.open.delete(stream);
    this.closed.add(stream.id, by);
    stream.isClosed = true;
    this.flow.drop(stream);
    if (how !== "sent" && stream.handler.running === true) {
      stream.lingers = true;
      this.lingering++;
    }
    stream.handler.closed(how);
    if (this.open.size === 0) this.#onEmpty(true);
  }
}
