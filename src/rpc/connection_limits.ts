/**
 * What a server allows a connection.
 *
 * @module
 */
import { integerWithin } from "./within.ts";

/**
 * Limits of each connection of a server. Times are from 1 to 1,000,000,000 ms, about 11 days;
 * `Infinity` lifts a limit that has a default.
 */
export interface ConnectionLimits {
  /**
   * After how many milliseconds, give or take a tenth, a connection is told to go: it takes no new
   * calls, those that run go on, and the client connects anew, maybe to a replica that was added
   * since. Default no limit; sensible are 5 to 30 minutes. gRPC core's `grpc.max_connection_age_ms`.
   */
  readonly maxAgeMs?: number;
  /**
   * How many milliseconds after that calls which still run are cut. Default no limit; sensible is
   * the longest that a call may take. gRPC core's `grpc.max_connection_age_grace_ms`.
   */
  readonly maxAgeGraceMs?: number;
  /**
   * After how many milliseconds without a call a connection is told to go. Default no limit; sensible
   * are minutes. gRPC core's `grpc.max_connection_idle_ms`.
   */
  readonly maxIdleMs?: number;
  /**
   * How many milliseconds lie between two pings to a client, which show whether it is still there.
   * Default 2 hours; sensible is 1 minute and more. gRPC core's `grpc.keepalive_time_ms`.
   */
  readonly keepaliveTimeMs?: number;
  /**
   * How many milliseconds a client has to answer a ping before its connection is cut. Default 20,000;
   * sensible is 1 second and more. gRPC core's `grpc.keepalive_timeout_ms`.
   */
  readonly keepaliveTimeoutMs?: number;
  /**
   * How many milliseconds must lie between two pings of a client while nothing is sent to it. At the
   * third that comes too soon the connection ends with ENHANCE_YOUR_CALM and `too_many_pings`, which
   * gRPC clients take as advice to ping less. Default 10,000, the shortest time between two that
   * most clients can be set to; gRPC core's `grpc.http2.min_ping_interval_without_data_ms`, which is
   * 5 minutes there.
   */
  readonly minPingIntervalMs?: number;
  /**
   * Most calls that run at the same time on one connection; a client keeps more back until one ends.
   * Default 1000, from 1 to 2,147,483,647; 100 and more is sensible. gRPC core's
   * `grpc.max_concurrent_streams`, which has no limit there.
   */
  readonly maxConcurrentStreams?: number;
}

const HOUR_MS = 3_600_000;

/** The longest time that can be set: about 11 days. Timers of this runtime end at 24 days. */
const MAX_MS = 1_000_000_000;

/** `limits` with what is not set. Throws RangeError when one is out of range. */
export function connectionLimits(limits: ConnectionLimits): Required<ConnectionLimits> {
  const complete = { ...DEFAULT_LIMITS, ...limits };
  for (const [name, value] of Object.entries(complete)) {
    if (value === Infinity) continue;
    integerWithin(name, value, 1, name === "maxConcurrentStreams" ? 2 ** 31 - 1 : MAX_MS);
  }
  return complete;
}

const DEFAULT_LIMITS: Required<ConnectionLimits> = {
  maxAgeMs: Infinity,
  maxAgeGraceMs: Infinity,
  maxIdleMs: Infinity,
  keepaliveTimeMs: 2 * HOUR_MS,
  keepaliveTimeoutMs: 20_000,
  minPingIntervalMs: 10_000,
  maxConcurrentStreams: 1000,
};
