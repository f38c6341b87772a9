/**
 * The server's end of an HTTP/2 connection (RFC 9113), as a machine that takes bytes and gives bytes:
 * it knows no network, no gRPC, and no time but that of its clock. The folder is read from here:
 * `incoming.ts` has what each frame does, `streams.ts` and `stream.ts` what becomes of a request.
 *
 * @module
 */
import { ConnectionError } from "./error.ts";
import { FrameReader } from "./frame_reader.ts";
import { Incoming } from "./incoming.ts";
import { Lifetime } from "./lifetime.ts";
import type { Http2Events, Http2Options } from "./options.ts";
import { Setting } from "./settings.ts";
import { Streams } from "./streams.ts";

export type { Http2Events, Http2Options } from "./options.ts";

/** One connection. */
export class Http2Connection {
  readonly #events: Http2Events;
  readonly #reader: FrameReader;
  readonly #streams: Streams;
  readonly #incoming: Incoming;
  readonly #lifetime: Lifetime;
  #isOver = false;

  constructor(options: Http2Options, events: Http2Events) {
    this.#events = events;
    this.#streams = new Streams(options, events, (isEmpty) => this.#lifetime.idle(isEmpty));
    this.#lifetime = new Lifetime(options, this.#streams, {
      over: () => {
        this.#stop();
        events.over(undefined);
      },
      cut: (reason) => events.cut(reason),
    });
    this.#incoming = new Incoming(options, this.#streams, this.#lifetime);
    this.#reader = new FrameReader(options.pool, (frame) => this.#incoming.take(frame));
    this.#streams.writer.settings([
      [Setting.MAX_CONCURRENT_STREAMS, options.maxConcurrentStreams],
      [Setting.INITIAL_WINDOW_SIZE, options.streamWindow],
      [Setting.MAX_HEADER_LIST_SIZE, options.maxHeaderListSize],
    ]);
    this.#streams.flow.open();
  }

  /** Whether no stream is open. */
  get isIdle(): boolean {
    return this.#streams.open.size === 0;
  }

  /** How many bytes are to be sent. While these are many, nothing should be received. */
  get pending(): number {
    return this.#streams.writer.pending;
  }

  /**
   * Takes the first `length` of `bytes`, and keeps none of it. What the application throws ends the
   * connection with INTERNAL_ERROR, and is the cause of the error that `over()` is told.
   */
  receive(bytes: Uint8Array, length: number): void {
    this.#lifetime.heard = true;
    try {
      this.#reader.read(bytes, length);
      this.#incoming.turnOver();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The next bytes to send, or undefined. {@linkcode Http2Connection.sent} takes them back. */
  take(): Uint8Array | undefined {
    return this.#streams.writer.take();
  }

  /** Takes bytes back that were sent, and makes more of what waits. */
  sent(bytes: Uint8Array): void {
    this.#streams.writer.release(bytes);
    if (!this.#isOver) this.#streams.flow.pump();
  }

  /** Tells the client to go, takes what it sends until it knows, and ends with the last stream. */
  close(): void {
    if (!this.#isOver) this.#lifetime.goAway("graceful_stop");
  }

  /** Ends all streams: there is no connection any more. */
  lost(): void {
    this.#stop();
    this.#streams.writer.clear();
  }

  #fail(cause: unknown): void {
    if (this.#isOver) return;
    const error = cause instanceof ConnectionError
      ? cause
      : new ConnectionError("INTERNAL_ERROR", "The server failed", undefined, { cause });
    if (error.limit !== undefined) this.#events.refused(error.limit);
    this.#stop();
    this.#streams.writer.goaway(this.#streams.last, error.code, error.message);
    this.#events.over(error);
  }

  #stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#lifetime.stop();
    this.#reader.stop();
    this.#streams.lose();
  }
}
