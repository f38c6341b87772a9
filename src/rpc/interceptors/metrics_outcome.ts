/**
 * Whose fault it is when a call does not end with OK, as far as its status tells.
 *
 * @module
 */
import type { StatusName } from "../status.ts";

/** `ok`; `client_error`: the call could not be answered as it was; `server_error`: another server could. */
export type CallOutcome = "ok" | "client_error" | "server_error";

/** All of them. */
export const CALL_OUTCOMES: readonly CallOutcome[] = ["ok", "client_error", "server_error"];

/** What OpenTelemetry's conventions for gRPC servers call an error. */
const SERVER_ERRORS: ReadonlySet<StatusName> = new Set([
  "UNKNOWN",
  "DEADLINE_EXCEEDED",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
]);

/**
 * The outcome that a status stands for, on both sides of a call. A client that cancels is a
 * `client_error`, and so is RESOURCE_EXHAUSTED: whoever is refused asked for too much.
 *
 * @see {@link https://opentelemetry.io/docs/specs/semconv/rpc/grpc/}
 */
export function outcomeOf(code: StatusName): CallOutcome {
  if (code === "OK") return "ok";
  return SERVER_ERRORS.has(code) ? "server_error" : "client_error";
}
