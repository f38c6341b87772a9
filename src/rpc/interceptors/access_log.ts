/**
 * The access log: a line about a call when it is over. Messages and metadata are never in it.
 *
 * @module
 */
import { limitLines } from "../../logging/limit.ts";
import type { Fields, Logger } from "../../logging/logger.ts";
import type { Call, CallEnd, CallReporter, Interceptor } from "../interceptor.ts";
import { isHealth } from "./infrastructure.ts";
import { isFailure } from "./tracing_attributes.ts";
import { traceFieldsOf } from "./tracing_fields.ts";

/** Options of {@linkcode logCalls}. */
export interface LogCallsOptions {
  /**
   * One in how many calls is logged of those that went well or failed through a fault of their caller;
   * 1 is all of them, 0 is none. Default 0.
   */
  readonly oneIn?: number;
  /** Calls that took longer than this are logged, all of them. Seconds; default no limit. */
  readonly slowSeconds?: number;
  /** Whether calls of the health service are treated like others instead of left out. Default false. */
  readonly health?: boolean;
  /** Lines in one second, at most; the next line says how many were left out. Default 100. */
  readonly perSecond?: number;
  /** Random numbers from 0 up to 1. Default `Math.random`. */
  readonly random?: () => number;
}

/**
 * Logs calls of a server: those that it failed, those that were slow, and a sample of the others. A
 * failure is what OpenTelemetry takes for one: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL,
 * UNAVAILABLE, DATA_LOSS; but not a path that nobody serves, which is its caller's fault.
 */
export function logCalls(log: Logger, options: LogCallsOptions = {}): Interceptor {
  const { oneIn = 0, slowSeconds = Infinity, health = false, random = Math.random } = options;
  const { perSecond = 100 } = options;
  const limited = limitLines(log, { perSecond });
  const isWanted = (call: Call, { code, seconds }: CallEnd) =>
    isFault(call, code) || seconds > slowSeconds || (oneIn > 0 && random() * oneIn < 1);
  const reporter: CallReporter = {
    finished(end, call) {
      if (isWanted(call, end)) {
        limited[isFault(call, end.code) ? "warn" : "info"](...lineOf(call, end));
      }
    },
  };
  return {
    started: (call) =>
      call.side === "client" || (!health && isHealth(call.method)) ? undefined : reporter,
  };
}

function lineOf(call: Call, end: CallEnd): [message: string, fields: Fields] {
  return ["answered a call", {
    method: call.method.path,
    code: end.code,
    seconds: Math.round(end.seconds * 1e6) / 1e6,
    peer: call.peer,
    "received_bytes": end.receivedBytes,
    "sent_bytes": end.sentBytes,
    ...traceFieldsOf(call),
  }];
}

function isFault({ side, method }: Call, code: CallEnd["code"]): boolean {
  return isFailure(side, code) && method.path.startsWith("/");
}
