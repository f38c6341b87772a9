/**
 * Frames of a client that concern the connection: SETTINGS, PING, GOAWAY, WINDOW_UPDATE (RFC 9113,
 * sections 6.5 and 6.7 to 6.9).
 *
 * @module
 */
import { ConnectionError, StreamError } from "./error.ts";
import { Flag, type Frame, readUint31 } from "./frame.ts";
import { requireConnection, requireLength } from "./frame_checks.ts";
import type { FrameWriter } from "./frame_writer.ts";
import { encodeSizeUpdate } from "./hpack/encoder.ts";
import type { Http2Options } from "./options.ts";
import type { PingLimit } from "./ping_limit.ts";
import type { Sending } from "./sending.ts";
import { DEFAULT_TABLE_SIZE, readSettings, Setting } from "./settings.ts";
import type { Streams } from "./streams.ts";

/** What they work on. */
export interface ControlParts {
  readonly options: Http2Options;
  readonly writer: FrameWriter;
  readonly sending: Sending;
  readonly streams: Streams;
  readonly pings: PingLimit;
  /** The client has acknowledged our settings. */
  readonly onSettled: () => void;
  /** Takes the acknowledgement of a ping. */
  readonly onPong: (bytes: Uint8Array, at: number) => void;
  /** The client says that it goes. */
  readonly onGoaway: () => void;
  /** Told of every frame of which a client could send any number for nothing. */
  readonly onUseless: () => void;
}

/** Takes these frames of one connection. Throws {@linkcode ConnectionError} and {@linkcode StreamError}. */
export class IncomingControl {
  readonly #parts: ControlParts;
  #tableSize = DEFAULT_TABLE_SIZE;

  constructor(parts: ControlParts) {
    this.#parts = parts;
  }

  /** 6.5 */
  settings(frame: Frame): void {
    requireConnection(frame);
    const isAck = (frame.flags & Flag.ACK) !== 0;
    const length = frame.end - frame.start;
    if (isAck ? length > 0 : length % 6 > 0) {
      throw new ConnectionError("FRAME_SIZE_ERROR", `SETTINGS of ${length} bytes`);
    }
    if (isAck) return this.#parts.onSettled();
    const { writer, sending, streams, onUseless } = this.#parts;
    onUseless();
    let smallestTable = this.#tableSize;
    let window = sending.initialWindow;
    readSettings(frame, (id, value) => {
      if (id === Setting.INITIAL_WINDOW_SIZE) window = value;
      if (id === Setting.HEADER_TABLE_SIZE) smallestTable = Math.min(smallestTable, value);
    });
    // Once a frame: 2,700 settings of it could each go through all streams.
    if (window !== sending.initialWindow) sending.resize(window, streams);
    if (smallestTable < this.#tableSize) {
      this.#tableSize = smallestTable;
      streams.sizeUpdate = encodeSizeUpdate(smallestTable);
    }
    // Before any DATA that the new window allows.
    writer.settingsAck();
    sending.pump();
  }

  /** 6.7 */
  ping(frame: Frame): void {
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
  goaway(frame: Frame): void {
    requireConnection(frame);
    if (frame.end - frame.start < 8) throw new ConnectionError("FRAME_SIZE_ERROR", "GOAWAY");
    this.#parts.onGoaway();
  }

  /** 6.9 */
  windowUpdate(frame: Frame): void {
    requireLength(frame, 4);
    const { sending, streams } = this.#parts;
    const id = frame.stream;
    const increment = readUint31(frame.bytes, frame.start);
    if (id === 0) {
      if (increment === 0) throw new ConnectionError("PROTOCOL_ERROR", "WINDOW_UPDATE of 0");
      return sending.widen(increment);
    }
    const stream = streams.find(id, true);
    if (stream === undefined) return;
    if (increment === 0) throw new StreamError(id, "PROTOCOL_ERROR", "WINDOW_UPDATE of 0");
    sending.widenStream(stream, increment);
  }
}
