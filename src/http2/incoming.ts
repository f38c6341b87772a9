/**
 * What each frame of a client does (RFC 9113, section 6).
 *
 * @module
 */
import { ConnectionError } from "./error.ts";
import { Allowance } from "./flood_guard.ts";
import { checkFrame, Flag, type Frame, FrameType, readUint31, unpad } from "./frame.ts";
import { HeaderBlocks, takePriority } from "./header_block.ts";
import type { Lifetime } from "./lifetime.ts";
import type { Http2Options } from "./options.ts";
import { PingLimit } from "./ping_limit.ts";
import { areTrailers } from "./request_head.ts";
import { DEFAULT_TABLE_SIZE, readSettings, Setting } from "./settings.ts";
import type { Stream } from "./stream.ts";
import type { Streams } from "./streams.ts";

/** Takes the frames of one connection. Throws {@linkcode ConnectionError}. */
export class Incoming {
  readonly #options: Http2Options;
  readonly #streams: Streams;
  readonly #lifetime: Lifetime;
  readonly #blocks: HeaderBlocks;
  readonly #pings: PingLimit;
  /** How many frames more may come that are of no use. */
  readonly #useless: Allowance;
  #hasSettings = false;
  /** Streams that have ended without more data, while more may be known of them soon. */
  #ending: Stream[] = [];

  constructor(options: Http2Options, streams: Streams, lifetime: Lifetime) {
    this.#options = options;
    this.#streams = streams;
    this.#lifetime = lifetime;
    this.#pings = new PingLimit(options.minPingIntervalMs);
    this.#useless = new Allowance(options, "frames", "too many frames without use");
    this.#blocks = new HeaderBlocks(options.maxHeaderListSize);
  }

  /**
   * All that has come together is taken. Clients on node:http2 end a request before they reset it, in
   * one breath: what is broken off so must not pass for complete.
   */
  turnOver(): void {
    if (this.#ending.length === 0) return;
    const ending = this.#ending;
    this.#ending = [];
    for (const stream of ending) if (!stream.isClosed) this.#streams.end(stream);
  }

  take(frame: Frame): void {
    if (this.#blocks.isOpen) return this.#headers(frame);
    if (!this.#hasSettings && frame.type !== FrameType.SETTINGS) {
      throw new ConnectionError("PROTOCOL_ERROR", "The first frame must be SETTINGS");
    }
    checkFrame(frame);
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
        return this.#useless.use();
    }
  }

  /** 6.1 */
  #data(frame: Frame): void {
    const streams = this.#streams;
    const length = frame.end - frame.start;
    unpad(frame);
    const data = frame.end - frame.start;
    streams.flow.received(length);
    const stream = streams.find(frame.stream);
    if (stream === undefined) return;
    if (stream.remoteEnded) return streams.refuse(stream.id, "STREAM_CLOSED");
    stream.receiveWindow -= length;
    if (stream.receiveWindow < 0) return streams.refuse(stream.id, "FLOW_CONTROL_ERROR");
    stream.received += data;
    if (length > data) stream.consumed(length - data);
    if (data > 0) stream.handler.data(frame.bytes, frame.start, frame.end);
    if ((frame.flags & Flag.END_STREAM) === 0) {
      if (data === 0) this.#useless.use();
    } else if (!stream.isClosed) {
      stream.remoteEnded = true;
      if (data > 0) streams.end(stream);
      else this.#ending.push(stream);
    }
  }

  /** 6.2, and 6.10: any frame that comes while a header block is open. */
  #headers(frame: Frame): void {
    const block = this.#blocks.take(frame);
    if (block === undefined) return;
    const dependsOnItself = takePriority(block);
    const id = block.stream;
    const streams = this.#streams;
    const stream = streams.open.get(id);
    const endStream = (block.flags & Flag.END_STREAM) !== 0;
    if (stream !== undefined) return this.#trailers(stream, block, endStream);
    if (id <= streams.last) return this.#tooLate(block);
    if (id % 2 === 0) throw new ConnectionError("PROTOCOL_ERROR", `Stream ${id} is a server's`);
    streams.last = id;
    const head = this.#blocks.decodeHead(block);
    streams.request(id, dependsOnItself ? "malformed" : head, endStream);
  }

  /** 8.1: HEADERS that end a request. */
  #trailers(stream: Stream, block: Frame, endStream: boolean): void {
    const { fields, tooLarge } = this.#blocks.decode(block);
    if (stream.remoteEnded) return this.#streams.refuse(stream.id, "STREAM_CLOSED");
    if (endStream && !tooLarge && areTrailers(fields)) return this.#streams.end(stream);
    this.#streams.refuse(stream.id, "PROTOCOL_ERROR");
  }

  /** 5.1 and 5.1.1: HEADERS of a stream that is closed, or was passed over. */
  #tooLate(block: Frame): void {
    const id = block.stream;
    this.#blocks.decode(block);
    const by = this.#streams.closed.by(id);
    if (by === "us") return this.#useless.use();
    if (by === "peer") return this.#streams.refuse(id, "STREAM_CLOSED");
    const code = by === "end" ? "STREAM_CLOSED" : "PROTOCOL_ERROR";
    throw new ConnectionError(code, `Stream ${id} cannot be opened any more`);
  }

  /** 6.3 */
  #priority({ stream, bytes, start, end }: Frame): void {
    if (end - start !== 5) return this.#streams.refuse(stream, "FRAME_SIZE_ERROR");
    if (readUint31(bytes, start) === stream) return this.#streams.refuse(stream, "PROTOCOL_ERROR");
    this.#useless.use();
  }

  /** 6.4 */
  #rstStream(frame: Frame): void {
    const stream = this.#streams.find(frame.stream, true);
    if (stream !== undefined) this.#streams.resetByPeer(stream);
  }

  /** 6.5, and 3.4: the first SETTINGS complete the preface. */
  #settings(frame: Frame): void {
    this.#useless.use();
    const { writer, flow, open } = this.#streams;
    let window = flow.initialWindow;
    readSettings(frame, (id, value) => {
      if (id === Setting.INITIAL_WINDOW_SIZE) window = value;
      if (id === Setting.HEADER_TABLE_SIZE && value < DEFAULT_TABLE_SIZE) {
        writer.mustEmptyTable = true;
      }
    });
    if (!this.#hasSettings) this.#lifetime.greeted();
    this.#hasSettings = true;
    if ((frame.flags & Flag.ACK) !== 0) return this.#lifetime.settled();
    // Once a frame: 2,700 settings of it could each go through all streams.
    if (window !== flow.initialWindow) flow.resize(window, open);
    // Before any DATA that the new window allows.
    writer.settingsAck();
    flow.pump();
  }

  /** 6.7 */
  #ping({ flags, bytes, start, end }: Frame): void {
    if ((flags & Flag.ACK) !== 0) return this.#lifetime.pinged(bytes, start);
    const { writer } = this.#streams;
    this.#pings.sent = writer.hasReplied;
    writer.hasReplied = false;
    if (this.#pings.exceeded(this.#options.clock.now())) {
      throw new ConnectionError("ENHANCE_YOUR_CALM", "too_many_pings", "pings");
    }
    writer.ping(bytes.subarray(start, end), true);
  }

  /** 6.8 */
  #goaway({ start, end }: Frame): void {
    if (end - start < 8) throw new ConnectionError("FRAME_SIZE_ERROR", "GOAWAY");
    this.#lifetime.leave();
  }

  /** 6.9 */
  #windowUpdate({ stream: id, bytes, start }: Frame): void {
    const { flow } = this.#streams;
    const increment = readUint31(bytes, start);
    if (id === 0) {
      if (increment === 0) throw new ConnectionError("PROTOCOL_ERROR", "WINDOW_UPDATE of 0");
      return flow.widen(increment);
    }
    const stream = this.#streams.find(id, true);
    if (stream === undefined) return;
    if (increment === 0) return this.#streams.refuse(id, "PROTOCOL_ERROR");
    if (!flow.widenStream(stream, increment)) this.#streams.refuse(id, "FLOW_CONTROL_ERROR");
  }
}
