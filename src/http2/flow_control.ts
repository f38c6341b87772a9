/**
 * Flow control (RFC 9113, sections 5.2 and 6.9), and the bounds of what waits for it.
 *
 * What we receive: the connection's window is given back as data comes, so that a stream which nobody
 * reads does not hold up the others; a stream's window is given back as the application consumes. What
 * we send: DATA leaves a stream only while little waits for the network, and only so much may wait.
 *
 * @module
 */
import { ConnectionError } from "./error.ts";
import { MAX_FRAME_SIZE } from "./frame.ts";
import type { FrameWriter } from "./frame_writer.ts";
import type { Http2Options } from "./options.ts";
import { DEFAULT_WINDOW, MAX_WINDOW } from "./settings.ts";
import type { Stream, Unsent } from "./stream.ts";

/** With more than this on its way to the network, DATA waits in its streams. */
const HIGH_WATER = 128 * 1024;

/** The flow control of one connection, and of its streams. */
export class FlowControl {
  /** What a new stream may send: SETTINGS_INITIAL_WINDOW_SIZE of the peer. */
  initialWindow = DEFAULT_WINDOW;
  readonly #writer: FrameWriter;
  readonly #options: Http2Options;
  /** What the connection may receive, and what of it is to be given back. */
  #receiveWindow = DEFAULT_WINDOW;
  #unreturned = 0;
  /** What the connection may send. */
  #sendWindow = DEFAULT_WINDOW;
  /** Streams that have something to send and a window, in turn. */
  readonly #ready = new Set<Stream>();
  #pumping = false;
  /** Bytes that streams hold until the peer takes them. */
  #waiting = 0;

  constructor(writer: FrameWriter, options: Http2Options) {
    this.#writer = writer;
    this.#options = options;
  }

  /** Widens the connection's window to its size; to be called after SETTINGS. */
  open(): void {
    const increment = this.#options.connectionWindow - DEFAULT_WINDOW;
    if (increment > 0) this.#giveBack(increment);
  }

  /** Counts data that has come, of whichever stream. Throws {@linkcode ConnectionError}. */
  received(bytes: number): void {
    this.#receiveWindow -= bytes;
    if (this.#receiveWindow < 0) {
      throw new ConnectionError("FLOW_CONTROL_ERROR", "More data than the connection's window");
    }
    this.#unreturned += bytes;
    if (this.#unreturned < this.#options.connectionWindow / 2) return;
    this.#giveBack(this.#unreturned);
    this.#unreturned = 0;
  }

  /** Lets the peer send as much more on a stream as was consumed, in large steps. */
  consumed(stream: Stream, bytes: number): void {
    stream.unreturned += bytes;
    if (stream.remoteEnded || stream.unreturned < this.#options.streamWindow / 2) return;
    this.#writer.windowUpdate(stream.id, stream.unreturned);
    stream.receiveWindow += stream.unreturned;
    stream.unreturned = 0;
  }

  /**
   * Sends data as soon as it may go, and then calls `sent`; false where too much waits already. Only
   * what has to wait of `first` is copied.
   */
  send(stream: Stream, first: Uint8Array, second: Uint8Array, sent: () => void): boolean {
    const length = first.length + second.length;
    const at = this.#send(stream, first, second, 0);
    if (at === length) {
      sent();
      return true;
    }
    stream.unsent = { first: first.slice(), second, length, at, sent };
    this.#waiting += length;
    this.#line(stream);
    // A reply larger than the limit may wait, but alone.
    return this.#waiting <= this.#options.maxWaitingBytes || this.#waiting === length;
  }

  /** Forgets what waits of a stream. */
  drop(stream: Stream): void {
    if (stream.unsent === undefined) return;
    this.#waiting -= stream.unsent.length;
    this.#ready.delete(stream);
    stream.unsent = undefined;
  }

  /** Sends what may be sent now. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    for (const stream of this.#ready) {
      if (this.#sendWindow <= 0 || this.#writer.pending >= HIGH_WATER) break;
      // Taken out and put in again, it comes last; the loop meets it again.
      this.#ready.delete(stream);
      const unsent = stream.unsent as Unsent;
      unsent.at = this.#send(stream, unsent.first, unsent.second, unsent.at);
      if (unsent.at < unsent.length) this.#line(stream);
      else {
        this.drop(stream);
        unsent.sent();
      }
    }
    this.#pumping = false;
  }

  /** WINDOW_UPDATE of a stream; false where its window would be too large. */
  widenStream(stream: Stream, increment: number): boolean {
    if (stream.sendWindow + increment > MAX_WINDOW) return false;
    stream.sendWindow += increment;
    this.#line(stream);
    this.pump();
    return true;
  }

  /** WINDOW_UPDATE of the connection. */
  widen(increment: number): void {
    this.#sendWindow += increment;
    if (this.#sendWindow > MAX_WINDOW) {
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
      this.#line(stream);
    }
  }

  #giveBack(increment: number): void {
    this.#receiveWindow += increment;
    this.#writer.windowUpdate(0, increment);
  }

  /** Sends of two parts what comes from `from` on, as much as may go now; returns how far that is. */
  #send(stream: Stream, first: Uint8Array, second: Uint8Array, from: number): number {
    const length = first.length + second.length;
    let at = from;
    while (this.#writer.pending < HIGH_WATER) {
      const most = Math.min(length - at, stream.sendWindow, this.#sendWindow, MAX_FRAME_SIZE);
      if (most <= 0) break;
      if (most === length) this.#writer.data(stream.id, first, second);
      else {
        const inSecond = Math.max(0, at - first.length);
        const toSecond = Math.max(0, at + most - first.length);
        const part = second.subarray(inSecond, toSecond);
        this.#writer.data(stream.id, first.subarray(at, at + most), part);
      }
      at += most;
      stream.sendWindow -= most;
      this.#sendWindow -= most;
      // While others wait each has its turn.
      if (this.#pumping && this.#ready.size > 0) break;
    }
    return at;
  }

  /** Puts a stream in line that has something left to send, and a window. */
  #line(stream: Stream): void {
    if (stream.waiting > 0 && stream.sendWindow > 0) this.#ready.add(stream);
  }
}
