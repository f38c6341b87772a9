/**
 * What takes part in every call, written once for both sides and all four kinds of call. Logging,
 * metrics, tracing, limits and faults are interceptors.
 *
 * ```
 *             started ─▶ admit ─▶ around( ─▶ handler ─▶ ) ─▶ finished
 *  first      ●────────── ● ────── ● ──────────────────────── ●        outermost
 *  second       ●────────── ● ────── ● ──────────────────── ●
 *                         received(bytes), sent(bytes) in between
 * ```
 *
 * Interceptors come in the order in which they are given; `finished` goes the other way.
 *
 * @module
 */
import type { Metadata } from "./metadata.ts";
import type { MethodInfo } from "./method.ts";
import type { StatusName } from "./status.ts";

/** A call, as interceptors of both sides see it. */
export interface Call {
  readonly side: "server" | "client";
  /** A path that nobody serves has the service and name `unknown`. */
  readonly method: MethodInfo;
  /** The caller's metadata; on the client it may be added to until the call is on its way. */
  readonly metadata: Metadata;
  /** The address of the other side, or `unknown`. */
  readonly peer: string;
  /** Milliseconds since the epoch, or undefined. */
  readonly deadline: number | undefined;
  readonly signal: AbortSignal;
}

/** How a call ended: what the caller saw, whatever the handler returned. */
export interface CallEnd {
  readonly code: StatusName;
  /** From the moment the call began to this one. */
  readonly seconds: number;
  /** What the handler threw, if it did; an `RpcError` where it chose its status. */
  readonly error?: unknown;
}

/** Hears what becomes of one call. Nothing here may throw. */
export interface CallReporter {
  /** A message came, of so many bytes before its framing. */
  received?(bytes: number): void;
  /** A message was sent, of so many bytes before its framing. */
  sent?(bytes: number): void;
  /** The call is over. Comes exactly once, and last. */
  finished?(end: CallEnd): void;
}

/** Takes part in calls. Every part is optional and costs nothing when it is not there. */
export interface Interceptor {
  /** A call has begun. Return a reporter to hear more of it. */
  started?(call: Call): CallReporter | undefined;
  /** Lets a call go on to its handler: throw an `RpcError` to refuse it, return a promise to delay it. */
  admit?(call: Call): void | Promise<void>;
  /** Runs the rest of the call, and returns what that returns. */
  around?<T>(call: Call, next: () => T): T;
}

/** Interceptors, put in order once so that a call pays only for what is there. */
export class Interceptors {
  readonly #started: readonly Interceptor[];
  readonly #admit: readonly Interceptor[];
  readonly #around: readonly Interceptor[];

  constructor(interceptors: readonly Interceptor[]) {
    this.#started = interceptors.filter(({ started }) => started);
    this.#admit = interceptors.filter(({ admit }) => admit);
    this.#around = interceptors.filter(({ around }) => around).reverse();
  }

  /** Tells all that a call has begun; the reporters that want to hear more. */
  started(call: Call): readonly CallReporter[] {
    const reporters: CallReporter[] = [];
    for (const interceptor of this.#started) {
      const reporter = interceptor.started?.(call);
      if (reporter !== undefined) reporters.push(reporter);
    }
    return reporters;
  }

  /** Asks all whether the call may go on. Synchronous where nobody delays it. */
  admit(call: Call): void | Promise<void> {
    const { length } = this.#admit;
    for (let i = 0; i < length; i++) {
      const delay = this.#admit[i]?.admit?.(call);
      if (delay !== undefined) return this.#admitRest(call, i + 1, delay);
    }
  }

  /** Runs `handler` within all contexts. */
  around<T>(call: Call, handler: () => T): T {
    let next = handler;
    for (const interceptor of this.#around) {
      const inner = next;
      next = () => interceptor.around?.(call, inner) as T;
    }
    return next();
  }

  async #admitRest(call: Call, from: number, delay: Promise<void>): Promise<void> {
    await delay;
    for (const interceptor of this.#admit.slice(from)) await interceptor.admit?.(call);
  }
}
