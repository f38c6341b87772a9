/**
 * What each frame of a client does (RFC 9113, section 6).
 *
 * @module
 */
import { ConnectionError, StreamError } from "./error.ts";
import { Allowance } from "./flood_guard.ts";
import { Flag, type Frame, FrameType, readUint31 } from "./frame.ts";
import { requireConnection, requireLength, requireStream, unpadded } from "./frame_checks.ts";
import type { FrameWriter } from "./frame_writer.ts";
import { encodeSizeUpdate } from "./hpack/encoder.ts";
import { IncomingHeaders } from "./incoming_headers.ts";
import type { Http2Options } from "./options.ts";
import type { PingLimit } from "./ping_limit.ts";
import type { Receiving } from "./receiving.ts";
import type { Sending } from "./sending.ts";
import { DEFAULT_TABLE_SIZE, readSettings, Setting } from "./settings.ts";
import type { Stream } from "./stream.ts";
import type { Streams } from "./streams.ts";

/** What incoming frames work on. */
export interface IncomingParts {
  readonly options: Http2Options;
  readonly writer: FrameWriter;
  readonly sending: Sending;
  readonly receiving: Receiving;
  readonly streams: Streams;
  readonly pings: PingLimit;
  /** The client has begun. */
  readonly onGreeting: () => void;
  /** Takes the acknowledgement of a ping. */
  readonly onPong: (bytes: Uint8Array, at: number) => void;
  /** The client says that it goes. */
  readonly onGoaway: () => void;
}

/** Takes the frames of one connection. Throws {@linkcode ConnectionError}. */
export class Incoming {
  readonly #parts: IncomingParts;
  readonly #headers: IncomingHeaders;
  /** How many frames more may come that are of no use. */
  readonly #useless: Allowance;
  #hasSettings = false;
  /** Streams that have ended without more data, while more may be known of them soon. */
  #ending: Stream[] = [];
  #tableSize = DEFAULT_TABLE_SIZE;

  constructor(parts: IncomingParts) {
    this.#parts = parts;
    const { clock, maxBurst, maxBurstPerSecond, maxHeaderListSize } = parts.options;
    this.#headers = new IncomingHeaders(parts.streams, maxHeaderListSize, () => this.#waste());
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
        return this.#ping(frame);
      case FrameType.GOAWAY:
        return this.#goaway(frame);
      case FrameType.WINDOW_UPDATE:
        return this.#windowUpdate(frame);
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
    const stream = streams.get(frame.stream) ?? this.#missing(frame.stream);
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
    const stream = this.#parts.streams.get(frame.stream) ?? this.#missing(frame.stream, true);
    if (stream !== undefined) this.#parts.streams.resetByPeer(stream);
  }

  /** 6.5 */
  #settings(frame: Frame): void {
    requireConnection(frame);
    const isAck = (frame.flags & Flag.ACK) !== 0;
    const length = frame.end - frame.start;
    if (isAck ? length > 0 : length % 6 > 0) {
      throw new ConnectionError("FRAME_SIZE_ERROR", `SETTINGS of ${length} bytes`);
    }
    if (isAck) return;
    if (!this.#hasSettings) this.#parts.onGreeting();
    this.#hasSettings = true;
    this.#waste();
    const { writer, sending, streams } = this.#parts;
    let smallestTable = this.#tableSize;
    readSettings(frame, (id, value) => {
      if (id === Setting.INITIAL_WINDOW_SIZE) sending.resize(value, streams);
      if (id === Setting.HEADER_TABLE_SIZE) smallestTable = Math.min(smallestTable, value);
    });
    if (smallestTable < this.#tableSize) {
      this.#tableSize = smallestTable;
      streams.sizeUpdate = encodeSizeUpdate(smallestTable);
    }
    // Before any DATA that the new window allows.
    writer.settingsAck();
    sending.pump();
  }

  /** 6.7 */
  #ping(frame: Frame): void {
    requireConnection(frame);
    requireLength(frame, 8);
    const { options, writer, pings, onPong } = this.#parts;
    if ((frame.flags & Flag.ACK) !== 0) return onPong(frame.bytes, frame.start);
    if (pings.exceeded(options.clock.now())) {
      throw new ConnectionError("ENHANCE_YOUR_CALM", "too_many_pings", "pings");
    }
    writer.ping(frame.bytes.subarray(frame.start, frame.end), true);
  }

  /** 6.8 */
  #goaway(frame: Frame): void {
    requireConnection(frame);
    if (frame.end - frame.start < 8) throw new ConnectionError("FRAME_SIZE_ERROR", "GOAWAY");
    this.#parts.onGoaway();
  }

  /** 6.9 */
  #windowUpdate(frame: Frame): void {
    requireLength(frame, 4);
    const { sending, streams } = this.#parts;
    const id = frame.stream;
    const increment = readUint31(frame.bytes, frame.start);
    if (id === 0) {
      if (increment === 0) throw new ConnectionError("PROTOCOL_ERROR", "WINDOW_UPDATE of 0");
      return sending.widen(increment);
    }
    const stream = streams.get(id) ?? this.#missing(id, true);
    if (stream === undefined) return;
    if (increment === 0) throw new StreamError(id, "PROTOCOL_ERROR", "WINDOW_UPDATE of 0");
    sending.widenStream(stream, increment);
  }

  /** A frame has come for a stream that is not open: idle and closed mean different things (5.1). */
  #missing(id: number, allowed = false): undefined {
    const { streams } = this.#parts;
    if (id > streams.last || id % 2 === 0) {
      throw new ConnectionError("PROTOCOL_ERROR", `Stream ${id} was never opened`);
    }
    if (allowed || streams.closedBy(id) === "us") return undefined;
    throw new StreamError(id, "STREAM_CLOSED", "The stream is closed");
  }

  #waste(): void {
    if (this.#useless.use()) return;
    throw new ConnectionError("ENHANCE_YOUR_CALM", "too many frames without use", "frames");
  }
}
