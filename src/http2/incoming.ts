/**
 * What each frame of a client does (RFC 9113, section 6).
 *
 * @module
 */
import { ConnectionError, StreamError } from "./error.ts";
import { Allowance } from "./flood_guard.ts";
import { Flag, type Frame, FrameType, readUint31 } from "./frame.ts";
import type { FrameWriter } from "./frame_writer.ts";
import { type HeaderBlock, HeaderBlocks } from "./header_block.ts";
import { encodeSizeUpdate } from "./hpack/encoder.ts";
import type { Http2Options } from "./options.ts";
import type { PingLimit } from "./ping_limit.ts";
import { trailersFault } from "./request_head.ts";
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
  readonly #blocks: HeaderBlocks;
  /** How many frames more may come that are of no use. */
  readonly #useless: Allowance;
  #hasSettings = false;
  /** Streams that have ended without more data, while more may be known of them soon. */
  #ending: Stream[] = [];
  #dependsOnItself = false;
  #tableSize = DEFAULT_TABLE_SIZE;

  constructor(parts: IncomingParts) {
    this.#parts = parts;
    const { clock, maxBurst, maxBurstPerSecond, maxHeaderListSize } = parts.options;
    this.#blocks = new HeaderBlocks(maxHeaderListSize);
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
    if (this.#blocks.isOpen) return this.#block(this.#blocks.continue(frame));
    if (!this.#hasSettings && frame.type !== FrameType.SETTINGS) {
      throw new ConnectionError("PROTOCOL_ERROR", "The first frame must be SETTINGS");
    }
    switch (frame.type) {
      case FrameType.DATA:
        return this.#data(frame);
      case FrameType.HEADERS:
        return this.#headers(frame);
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
    if (stream === undefined) return this.#waste();
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

  /** 6.2 */
  #headers(frame: Frame): void {
    requireStream(frame);
    const end = unpadded(frame);
    let { start } = frame;
    this.#dependsOnItself = false;
    if ((frame.flags & Flag.PRIORITY) !== 0) {
      if (end - start < 5) throw new ConnectionError("PROTOCOL_ERROR", "HEADERS end early");
      this.#dependsOnItself = readUint31(frame.bytes, start) === frame.stream;
      start += 5;
    }
    this.#block(this.#blocks.begin(frame, start, end));
  }

  /** 6.2 and 6.10, when the header block is complete. */
  #block(block: HeaderBlock | undefined): void {
    if (block === undefined) return;
    const { streams } = this.#parts;
    const id = block.stream;
    const stream = streams.get(id);
    if (stream !== undefined) return this.#trailers(stream, block);
    if (id <= streams.last) {
      this.#blocks.decode(block);
      const by = streams.closedBy(id);
      if (by === "us") return this.#waste();
      if (by === "peer") throw new StreamError(id, "STREAM_CLOSED", "HEADERS after RST_STREAM");
      const code = by === "end" ? "STREAM_CLOSED" : "PROTOCOL_ERROR";
      throw new ConnectionError(code, `Stream ${id} cannot be opened any more`);
    }
    if (id % 2 === 0) throw new ConnectionError("PROTOCOL_ERROR", `Stream ${id} is a server's`);
    streams.last = id;
    const head = this.#blocks.decodeHead(block);
    if (typeof head === "string") throw new StreamError(id, "PROTOCOL_ERROR", head);
    if (this.#dependsOnItself) throw new StreamError(id, "PROTOCOL_ERROR", "depends on itself");
    streams.open(id, head, block.endStream);
  }

  /** 8.1: HEADERS that end a request. */
  #trailers(stream: Stream, block: HeaderBlock): void {
    const { fields, tooLarge } = this.#blocks.decode(block);
    if (stream.remoteEnded) {
      throw new StreamError(stream.id, "STREAM_CLOSED", "HEADERS after the end of the request");
    }
    const fault = block.endStream ? trailersFault(fields) : "trailers do not end the request";
    if (tooLarge || fault !== undefined) {
      throw new StreamError(stream.id, "PROTOCOL_ERROR", fault ?? "the trailers are too large");
    }
    this.#parts.streams.end(stream);
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
    if (stream === undefined) this.#waste();
    else this.#parts.streams.resetByPeer(stream);
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

function requireStream({ stream, type }: Frame): void {
  if (stream === 0) throw new ConnectionError("PROTOCOL_ERROR", `Type ${type} needs a stream`);
}

function requireConnection({ stream, type }: Frame): void {
  if (stream !== 0) throw new ConnectionError("PROTOCOL_ERROR", `Type ${type} takes no stream`);
}

function requireLength({ start, end, type }: Frame, length: number): void {
  if (end - start === length) return;
  throw new ConnectionError("FRAME_SIZE_ERROR", `Type ${type} has ${end - start} bytes`);
}

/** Takes padding off: moves `start` behind its length, and returns where it begins (6.1). */
function unpadded(frame: Frame): number {
  if ((frame.flags & Flag.PADDED) === 0) return frame.end;
  const end = frame.end - (frame.bytes[frame.start] as number);
  if (frame.end > frame.start && end > frame.start) {
    frame.start++;
    return end;
  }
  throw new ConnectionError("PROTOCOL_ERROR", "More padding than the frame has room for");
}
