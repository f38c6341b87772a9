/**
 * Refuses calls above a number that run at the same time, so that those which run can end in time.
 *
 * @module
 */
import { catalogued } from "../../metrics/mod.ts";
import type { Call, Interceptor } from "../interceptor.ts";
import type { MethodInfo } from "../method.ts";
import { Metadata } from "../metadata.ts";
import { RpcError } from "../status.ts";
import { integerWithin } from "../within.ts";
import { isHealth } from "./infrastructure.ts";

/** Options of {@linkcode limitConcurrency}. */
export interface ConcurrencyLimit {
  /**
   * Most calls that run at the same time over all connections; 1 to 1,000,000. No default: it is
   * what a server can finish within its callers' deadlines. gRPC core has none like it; for a limit
   * on each connection see `maxConcurrentStreams`.
   */
  readonly maxConcurrentCalls: number;
  /** After how many milliseconds a refused caller may try again; 0 to 3,600,000, default 1000. */
  readonly retryDelayMs?: number;
  /** Methods that are neither counted nor refused. Default: the health service. */
  readonly exempt?: (method: MethodInfo) => boolean;
}

/**
 * Refuses a call with RESOURCE_EXHAUSTED while `maxConcurrentCalls` others run; a stream runs until
 * it ends. The caller learns when to try again: for programs from RetryInfo among the details, for
 * the retry policy of its gRPC library from `grpc-retry-pushback-ms`.
 *
 * A call counts until its caller has the outcome: a handler that does not heed its signal after the
 * deadline may run on uncounted. Refusals are counted in `grpc_server_refused_total`.
 *
 * Throws RangeError when an option is out of range.
 */
export function limitConcurrency(options: ConcurrencyLimit): Interceptor {
  const { maxConcurrentCalls, retryDelayMs = 1000, exempt = isHealth } = options;
  integerWithin("maxConcurrentCalls", maxConcurrentCalls, 1, 1_000_000);
  integerWithin("retryDelayMs", retryDelayMs, 0, 3_600_000);
  const refused = catalogued.counter("grpc_server_refused_total", { reason: "concurrency" });
  const running = new Set<Call>();

  return {
    started: (call) => exempt(call.method) ? undefined : { finished: () => running.delete(call) },
    admit(call) {
      if (exempt(call.method)) return;
      if (running.size < maxConcurrentCalls) {
        running.add(call);
        return;
      }
      refused.increment();
      throw new RpcError(
        "RESOURCE_EXHAUSTED",
        `The server runs ${maxConcurrentCalls} calls already, its limit; try again in ${retryDelayMs} ms`,
        {
          details: [{ type: "RetryInfo", retryDelayMs }],
          trailers: new Metadata({ "grpc-retry-pushback-ms": String(retryDelayMs) }),
        },
      );
    },
  };
}
