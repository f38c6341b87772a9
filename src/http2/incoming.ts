/**
 * What each frame of a client does (RFC 9113, section 6).
 *
 * @module
 */
import { ConnectionError, StreamError } from "./error.ts";
import { Allowance } from "./flood_guard.ts";
import { Flag, type Frame, FrameType, readUint31 } from "./frame.ts";
import { requireLength, requireStream, unpadded } from "./frame_checks.ts";
import { type ControlParts, IncomingControl } from "./incoming_control.ts";
import { IncomingHeaders } from "./incoming_headers.ts";
import type { Receiving } from "./receiving.ts";
import type { Stream } from "./stream.ts";

/** What incoming frames work on. */
export interface IncomingParts extends Omit<ControlParts, "onUseless"> {
  readonly receiving: Receiving;
  /** The client has begun. */
  readonly onGreeting: () => void;
}

/** Takes the frames of one connection. Throws {@linkcode ConnectionError}. */
export class Incoming {
  readonly #parts: IncomingParts;
  readonly #headers: IncomingHeaders;
  readonly #control: IncomingControl;
  /** How many frames more may come that are of no use. */
  readonly #useless: Allowance;
  #hasSettings = false;
  /** Streams that have ended without more data, while more may be known of them soon. */
  #ending: Stream[] = [];

  constructor(parts: IncomingParts) {
    this.#parts = parts;
    const { clock, maxBurst, maxBurstPerSecond, maxHeaderListSize } = parts.options;
    const onUseless = () => this.#waste();
    this.#headers = new IncomingHeaders(parts.streams, maxHeaderListSize, onUseless);
    this.#control = new IncomingControl({ ...parts, onUseless });
    this.#useless = new Allowance(clock, maxBurst, maxBurstPerSecond);
  }

  take(frame: Frame): void {
    try {
      this.#dispatch(frame);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.#parts.streams.refuse(error.stream, error.code);
    }
  }

  /**
   * All that has come together is taken. Clients on node:http2 end a request before they reset it, in
   * one breath: what is broken off so must not pass for complete.
   */
  turnOver(): void {
    if (this.#ending.length === 0) return;
    const ending = this.#ending;
    this.#ending = [];
    for (const stream of ending) {
      if (!stream.isClosed) this.#parts.streams.end(stream);
    }
  }

  #dispatch(frame: Frame): void {
    if (this.#headers.isOpen) return this.#headers.continue(frame);
    if (!this.#hasSettings && frame.type !== FrameType.SETTINGS) {
      throw new ConnectionError("PROTOCOL_ERROR", "The first frame must be SETTINGS");
    }
    switch (frame.type) {
      case FrameType.DATA:
        return this.#data(frame);
      case FrameType.HEADERS:
        return this.#headers.begin(frame);
      case FrameType.PRIORITY:
        return this.#priority(frame);
      case FrameType.RST_STREAM:
        return this.#rstStream(frame);
      case FrameType.SETTINGS:
        return this.#settings(frame);
      case FrameType.PING:
        return this.#control.ping(frame);
      case FrameType.GOAWAY:
        return this.#control.goaway(frame);
      case FrameType.WINDOW_UPDATE:
        return this.#control.windowUpdate(frame);
      case FrameType.PUSH_PROMISE:
      case FrameType.CONTINUATION:
        throw new ConnectionError("PROTOCOL_ERROR", `A frame of type ${frame.type} comes here`);
      default:
        return this.#waste();
    }
  }

  /** 6.1 */
  #data(frame: Frame): void {
    const { receiving, streams } = this.#parts;
    requireStream(frame);
    const length = frame.end - frame.start;
    const end = unpadded(frame);
    receiving.received(length);
    const stream = streams.find(frame.stream);
    if (stream === undefined) return;
    if (stream.remoteEnded) {
      throw new StreamError(stream.id, "STREAM_CLOSED", "DATA after the end of the request");
    }
    receiving.receivedOn(stream, length);
    const data = end - frame.start;
    stream.received += data;
    if (length > data) stream.consumed(length - data);
    if (data > 0) stream.handler.data(frame.bytes, frame.start, end);
    if ((frame.flags & Flag.END_STREAM) === 0) {
      if (data === 0) this.#waste();
    } else if (!stream.isClosed) {
      stream.remoteEnded = true;
      if (data > 0) streams.end(stream);
      else this.#ending.push(stream);
    }
  }

  /** 6.3 */
  #priority(frame: Frame): void {
    requireStream(frame);
    const { stream, bytes, start, end } = frame;
    if (end - start !== 5) throw new StreamError(stream, "FRAME_SIZE_ERROR", "PRIORITY");
    if (readUint31(bytes, start) === stream) {
      throw new StreamError(stream, "PROTOCOL_ERROR", "depends on itself");
    }
    this.#waste();
  }

  /** 6.4 */
  #rstStream(frame: Frame): void {
    requireStream(frame);
    requireLength(frame, 4);
    const stream = this.#parts.streams.find(frame.stream, true);
    if (stream !== undefined) this.#parts.streams.resetByPeer(stream);
  }

  /** 3.4: the first SETTINGS complete the preface. */
  #settings(frame: Frame): void {
    this.#control.settings(frame);
    if (!this.#hasSettings) this.#parts.onGreeting();
    this.#hasSettings = true;
  }

  #waste(): void {
    if (this.#useless.use()) return;
    throw new ConnectionError("ENHANCE_YOUR_CALM", "too many frames without use", "frames");
  }
}
