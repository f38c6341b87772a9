/**
 * The tests of `rpc/` once more, on our own transport: the same behaviour through both.
 *
 * @module
 */
import { defaultTransport } from "../server.ts";

defaultTransport.name = "native";

for (
  const suite of [
    "call_context",
    "client",
    "client_outcomes",
    "client_roll",
    "connection_limits",
    "interceptor",
    "outcomes_deadline",
    "outcomes_handler",
    "outcomes_interceptor",
    "outcomes_peer",
    "server",
    "streaming",
    "details/details",
    "health/health",
    "health/health_programs",
    "health/watch",
    "interceptors/access_log",
    "interceptors/failures",
    "interceptors/faults",
    "interceptors/limit_concurrency",
    "interceptors/limit_deadline",
    "interceptors/metrics",
    "interceptors/metrics_outcome",
    "interceptors/trace_context",
    "interceptors/tracing",
    "reflection/reflection",
    "reflection/reflection_programs",
    "tls/client",
    "tls/mutual",
    "tls/reload",
    "tls/resumption",
    "tls/server",
  ]
) {
  await import(new URL(`../${suite}_test.ts`, import.meta.url).href);
}
