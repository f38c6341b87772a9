/**
 * Tells of handlers that failed: an error that is no `RpcError` is a fault of the service. Its caller
 * gets INTERNAL without its text; the text goes here.
 *
 * @module
 */
import type { Logger } from "../../logging/logger.ts";
import { catalogued } from "../../metrics/mod.ts";
import type { Interceptor } from "../interceptor.ts";
import { RpcError } from "../status.ts";

/** Logs every failure of a handler with its stack, and counts it. */
export function reportFailures(log: Logger): Interceptor {
  return {
    started: ({ method, peer }) => ({
      finished({ error }) {
        if (error === undefined || error instanceof RpcError) return;
        const { service: grpc_service, name: grpc_method } = method;
        catalogued.counter("grpc_server_handler_failures_total", { grpc_service, grpc_method })
          .increment();
        log.error("a handler failed", { method: method.path, peer, error });
      },
    }),
  };
}
