/**
 * A connection without a network and with a time of its own, for tests.
 *
 * @module
 */
import { BufferPool } from "./buffer_pool.ts";
import type { Clock } from "./clock.ts";
import { Http2Connection, type Http2Options } from "./connection.ts";
import { ErrorCode, type Limit } from "./error.ts";
import { FRAME_HEADER, FrameType, readUint31, readUint32 } from "./frame.ts";
import { encodeFields } from "./hpack/encoder.ts";
import type { Stream, StreamEnd } from "./stream.ts";

/** A clock that goes when it is told to. */
export class TestClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ at: number; then: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, then: () => void): () => void {
    const timer = { at: this.#now + ms, then };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets time pass, timer by timer. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = next.at;
      next.then();
    }
    this.#now = end;
  }
}

/** A request as the application had it. */
export interface TestRequest {
  readonly stream: Stream;
  data: number[];
  ended: boolean;
  closed: StreamEnd | undefined;
  /** Whether a handler is at work on it. */
  running: boolean;
}

/** The end of an HTTP/2 connection that a test plays, with the server at the other. */
export class TestPeer {
  readonly clock = new TestClock();
  readonly requests: TestRequest[] = [];
  readonly refused: Limit[] = [];
  readonly connection: Http2Connection;
  /** `over`, `over: message` or `cut: reason`, once that was told. */
  end: string | undefined;
  /** What the server sent that was not looked at, a line a frame. */
  readonly #frames: string[] = [];
  #bytes: number[] = [];

  /** `onEnd` is what the application does when a request is complete; default nothing. */
  constructor(
    options: Partial<Http2Options> = {},
    onEnd: (request: TestRequest) => void = () => {},
  ) {
    const all: Http2Options = {
      maxAgeMs: Infinity,
      maxAgeGraceMs: Infinity,
      maxIdleMs: Infinity,
      keepaliveTimeMs: Infinity,
      keepaliveTimeoutMs: Infinity,
      greetingTimeoutMs: Infinity,
      minPingIntervalMs: 10_000,
      maxConcurrentStreams: 100,
      maxHeaderListSize: 16_384,
      streamWindow: 65_535,
      connectionWindow: 65_535,
      maxWaitingBytes: 1_000_000,
      maxBurst: 100,
      maxBurstPerSecond: 10,
      pool: new BufferPool(32_768, 8),
      clock: this.clock,
      ...options,
    };
    this.connection = new Http2Connection(all, {
      request: (stream) => this.#request(stream, onEnd),
      output() {},
      over: (error) => this.end = error === undefined ? "over" : `over: ${error.message}`,
      cut: (reason) => this.end = `cut: ${reason}`,
      refused: (limit) => this.refused.push(limit),
    });
  }

  /** Sends bytes as they are. */
  sendBytes(bytes: Uint8Array): void {
    this.connection.receive(bytes, bytes.length);
  }

  /** Sends frames, all at once. */
  send(...frames: number[][]): void {
    this.sendBytes(Uint8Array.from(frames.flat()));
  }

  /** Sends preface, empty SETTINGS and the acknowledgement of ours, and passes over what comes back. */
  greet(): this {
    this.send(PREFACE, frame(FrameType.SETTINGS, 0, 0, []), frame(FrameType.SETTINGS, 1, 0, []));
    this.frames();
    return this;
  }

  /** The frames that came since the last time: `DATA 1 END_STREAM 5`, `RST_STREAM 1 CANCEL`, … */
  frames(): string[] {
    for (let bytes = this.connection.take(); bytes; bytes = this.connection.take()) {
      this.#bytes.push(...bytes);
      this.connection.sent(bytes);
    }
    for (;;) {
      const length = (this.#bytes[0] ?? 0) << 16 | (this.#bytes[1] ?? 0) << 8 |
        (this.#bytes[2] ?? 0);
      const end = FRAME_HEADER + length;
      if (this.#bytes.length < FRAME_HEADER || this.#bytes.length < end) break;
      this.#frames.push(describe(Uint8Array.from(this.#bytes.slice(0, end))));
      this.#bytes = this.#bytes.slice(end);
    }
    return this.#frames.splice(0);
  }

  #request(stream: Stream, onEnd: (request: TestRequest) => void) {
    const request: TestRequest = {
      stream,
      data: [],
      ended: false,
      closed: undefined,
      running: false,
    };
    this.requests.push(request);
    return {
      get running() {
        return request.running;
      },
      data(bytes: Uint8Array, start: number, end: number) {
        request.data.push(...bytes.subarray(start, end));
      },
      endOfData() {
        request.ended = true;
        onEnd(request);
      },
      closed(how: StreamEnd) {
        request.closed = how;
      },
    };
  }
}

/** What a client's connection begins with. */
export const PREFACE: number[] = [
  ...new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
];

/** One frame. */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Iterable<number>,
): number[] {
  const bytes = [...payload];
  return [...uint32(bytes.length).slice(1), type, flags, ...uint32(stream), ...bytes];
}

/** Four bytes. */
export function uint32(value: number): number[] {
  return [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255];
}

/** A setting as it is in SETTINGS. */
export function setting(id: number, value: number): number[] {
  return [0, id, ...uint32(value)];
}

/** The fields of a sound request, with more after them. */
export function requestFields(...more: string[]): Uint8Array {
  const fields = [":method", "POST", ":scheme", "http", ":path", "/", ":authority", "x", ...more];
  return encodeFields(fields);
}

/** A sound request, open or complete. */
export function request(stream: number, end = true): number[] {
  return frame(FrameType.HEADERS, end ? 5 : 4, stream, requestFields());
}

const nameOf = (table: Readonly<Record<string, number>>, code: number) =>
  Object.keys(table).find((key) => table[key] === code) ?? String(code);

function describe(bytes: Uint8Array): string {
  const [, , , type = 0, flags = 0] = bytes;
  const payload = bytes.subarray(FRAME_HEADER);
  const parts: (string | number)[] = [nameOf(FrameType, type), readUint31(bytes, 5)];
  if (type === FrameType.DATA || type === FrameType.HEADERS) {
    if ((flags & 1) !== 0) parts.push("END_STREAM");
    if (type === FrameType.DATA) parts.push(payload.length);
  } else if (type === FrameType.SETTINGS || type === FrameType.PING) {
    if ((flags & 1) !== 0) parts.push("ACK");
  } else if (type === FrameType.RST_STREAM) {
    parts.push(nameOf(ErrorCode, readUint32(payload, 0)));
  } else if (type === FrameType.WINDOW_UPDATE) {
    parts.push(readUint32(payload, 0));
  } else if (type === FrameType.GOAWAY) {
    parts.push(`last ${readUint31(payload, 0)}`, nameOf(ErrorCode, readUint32(payload, 4)));
    parts.push(new TextDecoder().decode(payload.subarray(8)));
  }
  return parts.join(" ").trimEnd();
}
