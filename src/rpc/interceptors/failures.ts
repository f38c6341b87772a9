/**
 * Tells of handlers that failed: an error that is no `RpcError` is a fault of the service. Its caller
 * gets INTERNAL without its text; the text goes here.
 *
 * @module
 */
import { limitLines } from "../../logging/limit.ts";
import type { Logger } from "../../logging/logger.ts";
import { catalogued } from "../../metrics/mod.ts";
import type { CallReporter, Interceptor } from "../interceptor.ts";
import { RpcError } from "../status.ts";
import { traceFieldsOf } from "./tracing_fields.ts";

/**
 * Counts every failure of a handler, and logs it with its stack and its trace; 100 in one second at
 * most, since a handler that fails tends to fail always.
 */
export function reportFailures(log: Logger): Interceptor {
  const limited = limitLines(log);
  const reporter: CallReporter = {
    finished({ error }, call) {
      if (error === undefined || error instanceof RpcError) return;
      const { method, peer } = call;
      catalogued.counter("grpc_server_handler_failures_total", {
        "grpc_service": method.service,
        "grpc_method": method.name,
      }).increment();
      limited.error("a handler failed", {
        method: method.path,
        peer,
        ...traceFieldsOf(call),
        error,
      });
    },
  };
  return { started: () => reporter };
}
