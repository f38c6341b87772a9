/**
 * Flow control of what we send (RFC 9113, sections 5.2 and 6.9), and its bound: DATA leaves a stream
 * only while little waits for the network.
 *
 * @module
 */
import { ConnectionError, StreamError } from "./error.ts";
import { MAX_FRAME_SIZE } from "./frame.ts";
import type { FrameWriter } from "./frame_writer.ts";
import { DEFAULT_WINDOW, MAX_WINDOW } from "./settings.ts";
import type { Stream } from "./stream.ts";

/** With more than this on its way to the network, DATA waits in its streams. */
const HIGH_WATER = 128 * 1024;

/** The sending half of a connection's flow control. */
export class Sending {
  /** What a new stream may send: SETTINGS_INITIAL_WINDOW_SIZE of the peer. */
  initialWindow = DEFAULT_WINDOW;
  readonly #writer: FrameWriter;
  /** What the connection may send. */
  #window = DEFAULT_WINDOW;
  /** Streams that have something to send and a window, in turn. */
  readonly #ready = new Set<Stream>();
  #pumping = false;

  constructor(writer: FrameWriter) {
    this.#writer = writer;
  }

  /** Sends of two parts as much as may go now, and returns how much that is. */
  send(stream: Stream, first: Uint8Array, second: Uint8Array): number {
    const length = first.length + second.length;
    let sent = 0;
    while (this.#writer.pending < HIGH_WATER) {
      const most = Math.min(length - sent, stream.sendWindow, this.#window, MAX_FRAME_SIZE);
      if (most <= 0) break;
      if (most === length) this.#writer.data(stream.id, first, second);
      else {
        const inFirst = Math.min(sent, first.length);
        const inSecond = sent - inFirst;
        const fromFirst = Math.min(first.length - inFirst, most);
        this.#writer.data(
          stream.id,
          first.subarray(inFirst, inFirst + fromFirst),
          second.subarray(inSecond, inSecond + most - fromFirst),
        );
      }
      sent += most;
      stream.sendWindow -= most;
      this.#window -= most;
      // While others wait each has its turn.
      if (this.#pumping && this.#ready.size > 1) break;
    }
    return sent;
  }

  /** Puts a stream in line that has something left to send. */
  wait(stream: Stream): void {
    if (stream.sendWindow > 0) this.#ready.add(stream);
  }

  /** Forgets a stream that is closed. */
  forget(stream: Stream): void {
    this.#ready.delete(stream);
  }

  /** Sends what may be sent now. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    for (const stream of this.#ready) {
      if (this.#window <= 0 || this.#writer.pending >= HIGH_WATER) break;
      // Taken out and put in again, it comes last; the loop meets it again.
      stream.pump();
      this.#ready.delete(stream);
      if (stream.waiting > 0 && !stream.isClosed) this.wait(stream);
    }
    this.#pumping = false;
  }

  /** WINDOW_UPDATE of a stream. */
  widenStream(stream: Stream, increment: number): void {
    if (stream.sendWindow + increment > MAX_WINDOW) {
      throw new StreamError(stream.id, "FLOW_CONTROL_ERROR", "The stream's window is too large");
    }
    stream.sendWindow += increment;
    if (stream.waiting === 0) return;
    this.wait(stream);
    this.pump();
  }

  /** WINDOW_UPDATE of the connection. */
  widen(increment: number): void {
    this.#window += increment;
    if (this.#window > MAX_WINDOW) {
      throw new ConnectionError("FLOW_CONTROL_ERROR", "The connection's window is too large");
    }
    this.pump();
  }

  /** A new SETTINGS_INITIAL_WINDOW_SIZE, which changes the windows that are there (section 6.9.2). */
  resize(initialWindow: number, streams: Iterable<Stream>): void {
    const change = initialWindow - this.initialWindow;
    this.initialWindow = initialWindow;
    for (const stream of streams) {
      stream.sendWindow += change;
      if (stream.sendWindow > MAX_WINDOW) {
        throw new ConnectionError("FLOW_CONTROL_ERROR", "A stream's window is too large");
      }
      if (stream.waiting > 0) this.wait(stream);
    }
  }
}
