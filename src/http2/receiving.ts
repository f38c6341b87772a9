/**
 * Flow control of what we receive (RFC 9113, sections 5.2 and 6.9). The connection's window is given
 * back as data comes, so that a stream which nobody reads does not hold up the others; a stream's
 * window is given back as the application consumes.
 *
 * @module
 */
import { ConnectionError, StreamError } from "./error.ts";
import type { FrameWriter } from "./frame_writer.ts";
import { DEFAULT_WINDOW } from "./settings.ts";
import type { Stream } from "./stream.ts";

/** The receiving half of a connection's flow control. */
export class Receiving {
  readonly #writer: FrameWriter;
  /** How much a stream may send before some of it is consumed. */
  readonly streamWindow: number;
  readonly #connectionWindow: number;
  #window = DEFAULT_WINDOW;
  #unreturned = 0;

  constructor(writer: FrameWriter, streamWindow: number, connectionWindow: number) {
    this.#writer = writer;
    this.streamWindow = streamWindow;
    this.#connectionWindow = connectionWindow;
  }

  /** Widens the connection's window to its size; to be called after SETTINGS. */
  open(): void {
    const increment = this.#connectionWindow - DEFAULT_WINDOW;
    if (increment <= 0) return;
    this.#window += increment;
    this.#writer.windowUpdate(0, increment);
  }

  /** Counts data that has come, of whichever stream. Throws {@linkcode ConnectionError}. */
  received(bytes: number): void {
    this.#window -= bytes;
    if (this.#window < 0) {
      throw new ConnectionError("FLOW_CONTROL_ERROR", "More data than the connection's window");
    }
    this.#unreturned += bytes;
    if (this.#unreturned < this.#connectionWindow / 2) return;
    this.#writer.windowUpdate(0, this.#unreturned);
    this.#window += this.#unreturned;
    this.#unreturned = 0;
  }

  /** Counts data of a stream. Throws {@linkcode StreamError}. */
  receivedOn(stream: Stream, bytes: number): void {
    stream.receiveWindow -= bytes;
    if (stream.receiveWindow >= 0) return;
    throw new StreamError(stream.id, "FLOW_CONTROL_ERROR", "More data than the stream's window");
  }

  /** Lets the peer send as much more as was consumed, in large steps. */
  consumed(stream: Stream, bytes: number): void {
    stream.unreturned += bytes;
    if (stream.remoteEnded || stream.unreturned < this.streamWindow / 2) return;
    this.#writer.windowUpdate(stream.id, stream.unreturned);
    stream.receiveWindow += stream.unreturned;
    stream.unreturned = 0;
  }
}
