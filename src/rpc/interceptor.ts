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
import type { RpcError, StatusName } from "./status.ts";

/** A call, as interceptors of both sides see it. */
export interface Call {
  readonly side: "server" | "client";
  /** A path that nobody serves has the service and name `unknown`. */
  readonly method: MethodInfo;
  /** The caller's metadata; on the client it may be added to until the call is on its way. */
  readonly metadata: Metadata;
  /** The address of the other side, or `unknown`. */
  readonly peer: string;
  /**
   * Milliseconds since the epoch, or undefined. `started` may bring it forward, for the handler and
   * what that calls; on the server it is up to the interceptor to `end()` the call then.
   */
  deadline: number | undefined;
  readonly signal: AbortSignal;
  /**
   * Ends the call unless it is over: the caller gets `error`, the signal aborts, and what the handler
   * does or returns is in vain.
   */
  end(error: RpcError): void;
}

/** How a call ended: what the caller saw, whatever the handler returned. */
export interface CallEnd {
  readonly code: StatusName;
  /** From the moment the call began to this one. */
  readonly seconds: number;
  /** Bytes of all messages that came, without framing and compression. */
  readonly receivedBytes: number;
  /** Bytes of all messages that were {@linkcode CallReporter.sent}. */
  readonly sentBytes: number;
  /** What the handler threw, if it did; an `RpcError` where it chose its status. */
  readonly error?: unknown;
}

/**
 * Hears what becomes of a call; one object may serve many calls. It need not be safe: what it throws
 * goes to the error handler of {@linkcode Interceptors}, and changes nothing for the call or for others.
 */
export interface CallReporter {
  /** A message came, of so many bytes without framing and compression. */
  received?(bytes: number): void;
  /**
   * A message of so many bytes without framing was given to the connection. On a client that may
   * be before there is one; on a server one that the connection did not take is not told.
   */
  sent?(bytes: number): void;
  /** The call is over. Comes exactly once, and last. */
  finished?(end: CallEnd, call: Call): void;
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
  readonly #onError: (error: unknown) => void;

  /** `onError` gets what `started` and reporters throw; by default it is ignored. It must not throw. */
  constructor(
    interceptors: readonly Interceptor[],
    onError: (error: unknown) => void = () => {},
  ) {
    this.#onError = onError;
    this.#started = interceptors.filter(({ started }) => started);
    this.#admit = interceptors.filter(({ admit }) => admit);
    this.#around = interceptors.filter(({ around }) => around).reverse();
  }

  /** Tells all that a call has begun, and gathers those that want to hear more of it. */
  started(call: Call): Reporters {
    const reporters: CallReporter[] = [];
    for (const interceptor of this.#started) {
      try {
        const reporter = interceptor.started?.(call);
        if (reporter !== undefined) reporters.push(reporter);
      } catch (error) {
        this.#onError(error);
      }
    }
    return new Reporters(call, reporters, this.#onError);
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

/** The reporters of one call, for whom `finished` comes once and last. */
export class Reporters {
  readonly #call: Call;
  readonly #reporters: readonly CallReporter[];
  readonly #onError: (error: unknown) => void;
  #receivedBytes = 0;
  #sentBytes = 0;
  #finished = false;

  constructor(
    call: Call,
    reporters: readonly CallReporter[],
    onError: (error: unknown) => void,
  ) {
    this.#call = call;
    this.#reporters = reporters;
    this.#onError = onError;
  }

  received(bytes: number): void {
    if (this.#finished) return;
    this.#receivedBytes += bytes;
    for (const reporter of this.#reporters) {
      try {
        reporter.received?.(bytes);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  sent(bytes: number): void {
    if (this.#finished) return;
    this.#sentBytes += bytes;
    for (const reporter of this.#reporters) {
      try {
        reporter.sent?.(bytes);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  /** `error` as in {@linkcode CallEnd}. */
  finished(code: StatusName, seconds: number, error?: unknown): void {
    if (this.#finished) return;
    this.#finished = true;
    const bytes = { receivedBytes: this.#receivedBytes, sentBytes: this.#sentBytes };
    const end = error === undefined
      ? { code, seconds, ...bytes }
      : { code, seconds, ...bytes, error };
    for (let i = this.#reporters.length - 1; i >= 0; i--) {
      try {
        this.#reporters[i]?.finished?.(end, this.#call);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
