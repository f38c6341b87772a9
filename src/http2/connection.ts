/**
 * The server's end of an HTTP/2 connection (RFC 9113), as a machine that takes bytes and gives bytes:
 * it knows no network, no gRPC, and no time but that of its clock. The folder is read from here:
 * `incoming.ts` has what each frame does, `streams.ts` and `stream.ts` what becomes of a request.
 *
 * @module
 */
import { ConnectionError, ErrorCode } from "./error.ts";
import { FrameReader } from "./frame_reader.ts";
import { FrameWriter } from "./frame_writer.ts";
import { Incoming } from "./incoming.ts";
import { Lifetime } from "./lifetime.ts";
import type { Http2Events, Http2Options } from "./options.ts";
import { PingLimit } from "./ping_limit.ts";
import { Receiving } from "./receiving.ts";
import { Sending } from "./sending.ts";
import { Setting } from "./settings.ts";
import { Streams } from "./streams.ts";

export type { Http2Events, Http2Options } from "./options.ts";

/** The first GOAWAY of two names no stream (section 6.8). */
const LARGEST_STREAM = 2 ** 31 - 1;

/** One connection. */
export class Http2Connection {
  readonly #options: Http2Options;
  readonly #events: Http2Events;
  readonly #reader: FrameReader;
  readonly #writer: FrameWriter;
  readonly #sending: Sending;
  readonly #streams: Streams;
  readonly #incoming: Incoming;
  readonly #lifetime: Lifetime;
  /** Whether it ends with its last stream. */
  #isLeaving = false;
  #isOver = false;

  constructor(options: Http2Options, events: Http2Events) {
    this.#options = options;
    this.#events = events;
    const { pool } = options;
    const writer = this.#writer = new FrameWriter(pool, () => events.output());
    const sending = this.#sending = new Sending(writer);
    const receiving = new Receiving(writer, options.streamWindow, options.connectionWindow);
    const pings = new PingLimit(options.minPingIntervalMs);
    const lifetime = this.#lifetime = new Lifetime(options, {
      goaway: (phase, debug) => this.#goaway(phase, debug),
      ping: (opaque) => writer.ping(opaque, false),
      cut: (reason) => events.cut(reason),
    });
    const parts = { options, events, writer, sending, receiving, pings };
    const streams = this.#streams = new Streams({
      ...parts,
      onEmpty: (isEmpty) => {
        lifetime.idle(isEmpty);
        this.#leave();
      },
    });
    const incoming = this.#incoming = new Incoming({
      ...parts,
      streams,
      onGreeting: () => lifetime.greeted(),
      onSettled: () => lifetime.settled(),
      onPong: (bytes, at) => lifetime.pinged(bytes, at),
      onGoaway: () => {
        this.#isLeaving = true;
        this.#leave();
      },
    });
    this.#reader = new FrameReader(pool, (frame) => incoming.take(frame));
    this.#greet(receiving);
  }

  /** Whether no stream is open. */
  get isIdle(): boolean {
    return this.#streams.size === 0;
  }

  /** How many bytes are to be sent. While these are many, nothing should be received. */
  get pending(): number {
    return this.#writer.pending;
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
    return this.#writer.take();
  }

  /** Takes bytes back that were sent, and makes more of what waits. */
  sent(bytes: Uint8Array): void {
    this.#writer.release(bytes);
    if (!this.#isOver) this.#sending.pump();
  }

  /** Tells the client to go, takes what it sends until it knows, and ends with the last stream. */
  close(): void {
    this.#lifetime.goAway("graceful_stop");
  }

  /** Ends all streams: there is no connection any more. */
  lost(): void {
    this.#end();
    this.#writer.clear();
  }

  #greet(receiving: Receiving): void {
    const { maxConcurrentStreams, streamWindow, maxHeaderListSize } = this.#options;
    this.#writer.settings([
      ...maxConcurrentStreams === Infinity
        ? []
        : [[Setting.MAX_CONCURRENT_STREAMS, maxConcurrentStreams] as const],
      [Setting.INITIAL_WINDOW_SIZE, streamWindow],
      [Setting.MAX_HEADER_LIST_SIZE, maxHeaderListSize],
    ]);
    receiving.open();
  }

  #goaway(phase: "first" | "last", debug: string): void {
    const last = phase === "first" ? LARGEST_STREAM : this.#streams.last;
    this.#writer.goaway(last, ErrorCode.NO_ERROR, debug);
    if (phase === "first") return;
    this.#streams.isClosing = true;
    this.#isLeaving = true;
    this.#leave();
  }

  /** Ends when it is to end, and nothing runs any more. */
  #leave(): void {
    if (!this.#isLeaving || this.#isOver || this.#streams.size > 0) return;
    if (!this.#streams.isClosing) this.#writer.goaway(this.#streams.last, ErrorCode.NO_ERROR, "");
    this.#end();
    this.#events.over(undefined);
  }

  #fail(cause: unknown): void {
    if (this.#isOver) return;
    const error = cause instanceof ConnectionError
      ? cause
      : new ConnectionError("INTERNAL_ERROR", "The server failed", undefined, { cause });
    if (error.limit !== undefined) this.#events.refused(error.limit);
    this.#end();
    this.#writer.goaway(this.#streams.last, ErrorCode[error.code], error.message);
    this.#events.over(error);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#lifetime.stop();
    this.#reader.stop();
    this.#streams.lose();
  }
}
