/**
 * What a connection is told, and what it tells.
 *
 * @module
 */
import type { BufferPool } from "./buffer_pool.ts";
import type { Clock } from "./clock.ts";
import type { Limit } from "./error.ts";
import type { Stream, StreamHandler } from "./stream.ts";

/** Options of a connection. Times are milliseconds, `Infinity` for none, by gRPC core's names. */
export interface Http2Options {
  readonly maxAgeMs: number;
  readonly maxAgeGraceMs: number;
  readonly maxIdleMs: number;
  readonly keepaliveTimeMs: number;
  readonly keepaliveTimeoutMs: number;
  /** How long the client may take until its preface is complete. */
  readonly greetingTimeoutMs: number;
  /** Most streams at the same time; SETTINGS_MAX_CONCURRENT_STREAMS. */
  readonly maxConcurrentStreams: number;
  /** Largest fields of a request, in bytes; SETTINGS_MAX_HEADER_LIST_SIZE. */
  readonly maxHeaderListSize: number;
  /** How much of a request may come before it is consumed; SETTINGS_INITIAL_WINDOW_SIZE. */
  readonly streamWindow: number;
  /** How many bytes of replies may wait because the client does not take them. */
  readonly maxWaitingBytes: number;
  /** How much data may be under way on all streams; 65,535 or more. */
  readonly connectionWindow: number;
  /** Milliseconds that must lie between two pings of the client while nothing is sent to it. */
  readonly minPingIntervalMs: number;
  /** How many streams the client may break off, and how many useless frames it may send, at once … */
  readonly maxBurst: number;
  /** … and in a second, in the long run. */
  readonly maxBurstPerSecond: number;
  /** Buffers for what comes and goes, each with room for a frame of `MAX_FRAME_SIZE`. */
  readonly pool: BufferPool;
  readonly clock: Clock;
}

/** What a connection tells those who carry it. */
export interface Http2Events {
  /** A request has come. Returns who hears of its stream. */
  request(stream: Stream): StreamHandler;
  /** There is something to send that was not before. */
  output(): void;
  /** Nothing follows what is to be sent; with the error that ended it, if one did. */
  over(error: Error | undefined): void;
  /** The connection is to be closed at once. */
  cut(reason: string): void;
  /** A limit was exceeded, and something refused. */
  refused(limit: Limit): void;
}
