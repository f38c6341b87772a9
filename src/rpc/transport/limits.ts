/**
 * What the transport allows a peer beyond `ConnectionLimits`: memory, and work without use.
 *
 * @module
 */
import { integerWithin } from "../within.ts";

/**
 * Limits of each connection of {@linkcode listenNative}. What gRPC core has a name for has it here;
 * for the others core has nothing like it.
 */
export interface NativeLimits {
  /**
   * Largest header fields of a request in bytes, as HTTP/2 counts them; a larger one is answered with
   * HTTP status 431, by grpc-js with RST_STREAM. Default 16 KiB, from 1 KiB to 1 MiB. gRPC core's
   * `grpc.absolute_max_metadata_size`.
   */
  readonly maxHeaderListBytes?: number;
  /**
   * How many bytes of a call's requests may come before the handler takes them. Default 256 KiB, from
   * 65,535 bytes to 16 MiB. gRPC core's `grpc.http2.lookahead_bytes`, 64 KiB there.
   */
  readonly streamWindowBytes?: number;
  /** How many bytes of requests may be under way. Default 4 MiB, from 65,535 bytes to 1 GiB. */
  readonly connectionWindowBytes?: number;
  /**
   * How many bytes requests may hold that are not whole, or not taken. A call that needs more is
   * answered with RESOURCE_EXHAUSTED. Default 64 MiB, from 1 MiB to 4 GiB.
   */
  readonly maxRequestMemoryBytes?: number;
  /**
   * How many bytes of replies may wait for a client that does not take them. A call that needs more
   * ends with RESOURCE_EXHAUSTED, unless no other waits. Default 32 MiB, from 64 KiB to 4 GiB.
   */
  readonly maxReplyMemoryBytes?: number;
  /**
   * How many calls a client may break off, and how many frames without use it may send, at once; then
   * its connection ends with ENHANCE_YOUR_CALM. Each call that ends well allows one more. Default
   * 1000, from 10 to 1,000,000. CVE-2023-44487 is what it stops.
   */
  readonly maxBurst?: number;
  /** How many of these a second allows again. Default 100, from 1 to 100,000. */
  readonly maxBurstPerSecond?: number;
  /**
   * How many milliseconds a client may take to begin with HTTP/2. Default 20,000, from 10 ms to an
   * hour. gRPC core's `grpc.server_handshake_timeout_ms`, 2 minutes there.
   */
  readonly greetingTimeoutMs?: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** Default and range of each limit. */
export const NATIVE_LIMITS: Readonly<
  Record<keyof NativeLimits, readonly [byDefault: number, from: number, to: number]>
> = {
  maxHeaderListBytes: [16 * KIB, KIB, MIB],
  streamWindowBytes: [256 * KIB, 65_535, 16 * MIB],
  connectionWindowBytes: [4 * MIB, 65_535, 1024 * MIB],
  maxRequestMemoryBytes: [64 * MIB, MIB, 4096 * MIB],
  maxReplyMemoryBytes: [32 * MIB, 64 * KIB, 4096 * MIB],
  maxBurst: [1000, 10, 1_000_000],
  maxBurstPerSecond: [100, 1, 100_000],
  greetingTimeoutMs: [20_000, 10, 3_600_000],
};

/** `limits` with what is not set. Throws RangeError when one is out of range. */
export function nativeLimits(limits: NativeLimits = {}): Required<NativeLimits> {
  const complete = Object.entries(NATIVE_LIMITS).map(([key, [byDefault, from, to]]) => {
    const value = limits[key as keyof NativeLimits] ?? byDefault;
    integerWithin(key, value, from, to);
    return [key, value];
  });
  return Object.fromEntries(complete);
}
