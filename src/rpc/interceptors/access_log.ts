/**
 * The access log: a line about a call when it is over. Messages and metadata are never in it.
 *
 * @module
 */
import { limitLines } from "../../logging/limit.ts";
import type { Logger } from "../../logging/logger.ts";
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
  return {
    started: (call) =>
      call.side === "client" || (!health && isHealth(call.method))
        ? undefined
        : new AccessLine(call, limited, isWanted),
  };
}

/** Counts the bytes of one call, and writes its line if it is wanted. */
class AccessLine implements CallReporter {
  readonly #call: Call;
  readonly #log: Logger;
  readonly #isWanted: (call: Call, end: CallEnd) => boolean;
  readonly #peer: string;
  #received = 0;
  #sent = 0;

  constructor(call: Call, log: Logger, isWanted: (call: Call, end: CallEnd) => boolean) {
    this.#call = call;
    // Once the call is over, nobody knows any more who the peer was.
    this.#peer = call.peer;
    this.#log = log;
    this.#isWanted = isWanted;
  }

  received(bytes: number): void {
    this.#received += bytes;
  }

  sent(bytes: number): void {
    this.#sent += bytes;
  }

  finished(end: CallEnd): void {
    const call = this.#call;
    if (!this.#isWanted(call, end)) return;
    this.#log[isFault(call, end.code) ? "warn" : "info"]("answered a call", {
      method: call.method.path,
      code: end.code,
      seconds: Math.round(end.seconds * 1e6) / 1e6,
      peer: this.#peer,
      "received_bytes": this.#received,
      "sent_bytes": this.#sent,
      ...traceFieldsOf(call),
    });
  }
}

function isFault({ side, method }: Call, code: CallEnd["code"]): boolean {
  return isFailure(side, code) && method.path.startsWith("/");
}
