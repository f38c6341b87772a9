/**
 * How a client connects and stays connected.
 *
 * @module
 */
import { serviceConfig, type ServiceConfigOptions } from "./service_config.ts";
import { integerWithin } from "./within.ts";

/** How a client finds out that its server is gone without a word: by pings. */
export interface Keepalive {
  /**
   * Milliseconds between two pings; 1 to 1,000,000,000. Servers end connections that ping too often:
   * most allow one in 5 minutes, Echoscope's one in 10 seconds. gRPC core's `grpc.keepalive_time_ms`.
   */
  readonly timeMs: number;
  /**
   * Milliseconds that the server has to answer; 1 to 1,000,000,000, default 20,000. gRPC core's
   * `grpc.keepalive_timeout_ms`.
   */
  readonly timeoutMs?: number;
  /** Whether to ping while no call runs. Default false; `grpc.keepalive_permit_without_calls`. */
  readonly withoutCalls?: boolean;
}

/** When a client connects again after it could not. Each wait is 1.6 times the one before, ±20 %. */
export interface Reconnect {
  /** The first wait; 1 to 600,000 ms, default 100. `grpc.initial_reconnect_backoff_ms`, 1000 there. */
  readonly initialBackoffMs?: number;
  /** The longest wait; up to 600,000 ms, default 5000. `grpc.max_reconnect_backoff_ms`, 120,000 there. */
  readonly maxBackoffMs?: number;
}

/** Options of a connection, or of the connections to every address of a name. */
export interface ChannelOptions extends ServiceConfigOptions {
  /** Default none. Sensible for calls that are silent for long, across firewalls that forget. */
  readonly keepalive?: Keepalive;
  readonly reconnect?: Reconnect;
  /**
   * The shortest time between two look-ups of a name in DNS, in milliseconds; 1 to 1,000,000,000,
   * default 5000. gRPC core's `grpc.dns_min_time_between_resolutions_ms`, 30,000 there. A name is
   * looked up again when a connection is lost or refused: that is when a roll of the servers shows.
   * Servers that were added show when old ones end connections: see their `maxAgeMs`.
   */
  readonly minResolutionIntervalMs?: number;
}

const MAX_MS = 1_000_000_000;

/** Channel options by the names of gRPC core. Throws RangeError when one is out of range. */
export function channelOptions(options: ChannelOptions): Record<string, string | number> {
  const { keepalive, reconnect = {}, minResolutionIntervalMs = 5000 } = options;
  const { initialBackoffMs = 100 } = reconnect;
  const { maxBackoffMs = Math.max(5000, initialBackoffMs) } = reconnect;
  integerWithin("initialBackoffMs", initialBackoffMs, 1, 600_000);
  integerWithin("maxBackoffMs", maxBackoffMs, initialBackoffMs, 600_000);
  integerWithin("minResolutionIntervalMs", minResolutionIntervalMs, 1, MAX_MS);
  return {
    "grpc.initial_reconnect_backoff_ms": initialBackoffMs,
    "grpc.max_reconnect_backoff_ms": maxBackoffMs,
    "grpc.dns_min_time_between_resolutions_ms": minResolutionIntervalMs,
    "grpc.service_config": serviceConfig(options),
    // What is configured here must not be overruled by whoever can write TXT records.
    "grpc.service_config_disable_resolution": 1,
    "grpc.enable_channelz": 0,
    "grpc.enable_http_proxy": 0,
    ...keepalive && keepaliveOptions(keepalive),
  };
}

function keepaliveOptions({ timeMs, timeoutMs = 20_000, withoutCalls = false }: Keepalive) {
  integerWithin("timeMs", timeMs, 1, MAX_MS);
  integerWithin("timeoutMs", timeoutMs, 1, MAX_MS);
  return {
    "grpc.keepalive_time_ms": timeMs,
    "grpc.keepalive_timeout_ms": timeoutMs,
    "grpc.keepalive_permit_without_calls": withoutCalls ? 1 : 0,
  };
}
