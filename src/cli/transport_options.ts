/**
 * Flags and variables for what a connection may cost a server. Defaults and ranges are those of the
 * transport.
 *
 * @module
 */
import { NATIVE_LIMITS, type NativeLimits } from "../rpc/transport/limits.ts";
import { type Option, option } from "./config.ts";
import { duration, integer, type Value } from "./value.ts";

type Declared = Pick<Option<number>, "flag" | "help"> & { readonly env: string };

function limit(
  name: keyof NativeLimits,
  value: (min: number, max: number) => Value<number>,
  declared: Declared,
): Option<number> {
  const [byDefault, min, max] = NATIVE_LIMITS[name];
  return option({ ...declared, value: value(min, max), default: byDefault });
}

const count = (min: number, max: number) => integer(min, max);
const bytes = (min: number, max: number) => integer(min, max, "BYTES");

/** What each connection may cost. All but the first concern the transport `native` alone. */
export const transportLimitOptions = {
  maxHeaderListBytes: limit("maxHeaderListBytes", bytes, {
    flag: "max-header-list-bytes",
    env: "MAX_HEADER_LIST_BYTES",
    help: "the largest headers of a call",
  }),
  streamWindowBytes: limit("streamWindowBytes", bytes, {
    flag: "stream-window-bytes",
    env: "STREAM_WINDOW_BYTES",
    help: "native: how much a call may send before its handler takes it",
  }),
  connectionWindowBytes: limit("connectionWindowBytes", bytes, {
    flag: "connection-window-bytes",
    env: "CONNECTION_WINDOW_BYTES",
    help: "native: how much all calls of a connection may send before it is read",
  }),
  maxRequestMemoryBytes: limit("maxRequestMemoryBytes", bytes, {
    flag: "max-request-memory-bytes",
    env: "MAX_REQUEST_MEMORY_BYTES",
    help: "native: how much the requests of a connection may hold that are not whole, or not taken",
  }),
  maxReplyMemoryBytes: limit("maxReplyMemoryBytes", bytes, {
    flag: "max-reply-memory-bytes",
    env: "MAX_REPLY_MEMORY_BYTES",
    help: "native: how much of its replies may wait for a client that does not take them",
  }),
  maxBurst: limit("maxBurst", count, {
    flag: "max-burst",
    env: "MAX_BURST",
    help:
      "native: how many calls a client may break off at once, and frames without use it may send",
  }),
  maxBurstPerSecond: limit("maxBurstPerSecond", count, {
    flag: "max-burst-per-second",
    env: "MAX_BURST_PER_SECOND",
    help: "native: how many of these a second allows again",
  }),
  greetingTimeout: limit("greetingTimeoutMs", duration, {
    flag: "greeting-timeout",
    env: "GREETING_TIMEOUT",
    help: "native: how long a client may take to begin with HTTP/2",
  }),
};
