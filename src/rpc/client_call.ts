/**
 * One call on its way from the client: through the interceptors to the wire and back. It ends once.
 *
 * @module
 */
import type { Call, Interceptors, Reporters } from "./interceptor.ts";
import { leave, MessageQueue } from "./message_queue.ts";
import { Metadata } from "./metadata.ts";
import { type Method, streamsReplies } from "./method.ts";
import { RpcError, type StatusName } from "./status.ts";
import type { ClientTransport, ClientWire, ClientWireListener } from "./wire.ts";

/** What one call is made with. */
export interface ClientCallOptions {
  readonly transport: ClientTransport;
  readonly interceptors: Interceptors;
  readonly metadata: Metadata;
  readonly deadline: number | undefined;
  readonly waitForReady: boolean;
  /** Aborted when the caller wants no answer any more. */
  readonly signals: readonly AbortSignal[];
  readonly onHeaders: ((headers: Metadata) => void) | undefined;
  readonly onTrailers: ((trailers: Metadata) => void) | undefined;
}

/** The longest timer there is, 24 days; what comes later is no deadline. Peers count no further. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** A call that is being made. */
export class ClientCall implements Call, ClientWireListener {
  readonly side = "client";
  readonly method: Method;
  /** A copy: what interceptors add must not stay with the caller, who may use theirs again. */
  readonly metadata: Metadata;
  deadline: number | undefined;
  /** The replies. Leaving their iteration early cancels the call. */
  readonly replies: MessageQueue<object>;
  readonly #options: ClientCallOptions;
  readonly #began = performance.now();
  readonly #onAbort = (event: Event) => this.#aborted(event.target as AbortSignal);
  #reporters: Reporters | undefined;
  #wire: ClientWire | undefined;
  #requests: AsyncIterator<object> | undefined;
  #replied = false;
  #isOver = false;
  /** What went wrong on this side, if that is why the call ends. */
  #cause: unknown;
  #abort: AbortController | undefined;
  #resumeSending: (() => void) | undefined;

  constructor(method: Method, options: ClientCallOptions) {
    const { metadata, deadline = Infinity } = options;
    this.method = method;
    this.metadata = new Metadata(metadata);
    this.deadline = deadline - Date.now() > MAX_TIMEOUT_MS ? undefined : deadline;
    this.#options = options;
    this.replies = new MessageQueue(
      () => this.#wire?.read(),
      () => this.#cancel("CANCELLED", "The caller wants no more replies"),
    );
  }

  get peer(): string {
    return this.#wire?.peer ?? "unknown";
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#isOver) this.#abort.abort();
    return this.#abort.signal;
  }

  end(error: RpcError): void {
    this.#fail(error);
  }

  /** Starts the call and sends `requests`, each when the one before is on its way. */
  start(requests: Iterable<object> | AsyncIterable<object>): void {
    const { interceptors, signals } = this.#options;
    this.#reporters = interceptors.started(this);
    try {
      if (Number.isNaN(this.deadline)) {
        throw new RangeError(`Cannot call ${this.method.path}: its timeout is NaN`);
      }
      const aborted = signals.find(({ aborted }) => aborted);
      if (aborted !== undefined) return this.#aborted(aborted);
      for (const signal of signals) signal.addEventListener("abort", this.#onAbort, { once: true });
      const delay = interceptors.admit(this);
      if (delay === undefined) this.#connect(requests);
      else delay.then(() => this.#connect(requests)).catch((error) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  headers(headers: Metadata): void {
    try {
      this.#options.onHeaders?.(headers);
    } catch (cause) {
      this.#cancel("CANCELLED", `onHeaders failed: ${textOf(cause)}`, cause);
    }
  }

  message(bytes: Uint8Array): void {
    if (this.#isOver) return;
    this.#reporters?.received(bytes.length);
    const { path, kind, reply } = this.method;
    if (this.#replied && !streamsReplies(kind)) {
      return this.#cancel("INTERNAL", `The server sent more than one reply to ${path}`);
    }
    this.#replied = true;
    try {
      this.replies.push(reply.decode(bytes));
    } catch (cause) {
      this.#cancel("INTERNAL", `Cannot decode the reply of ${path}`, cause);
    }
  }

  over(code: StatusName, message: string, trailers: Metadata): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const signal of this.#options.signals) signal.removeEventListener("abort", this.#onAbort);
    const error = this.#outcome(code, message, trailers);
    const seconds = (performance.now() - this.#began) / 1000;
    this.#reporters?.finished(error?.code ?? "OK", seconds, error);
    this.#abort?.abort();
    this.#resumeSending?.();
    leave(this.#requests);
    if (error === undefined) this.replies.end();
    else this.replies.fail(error);
  }

  /** What the caller gets; undefined for OK. */
  #outcome(code: StatusName, message: string, trailers: Metadata): RpcError | undefined {
    try {
      this.#options.onTrailers?.(trailers);
    } catch (cause) {
      return new RpcError("CANCELLED", `onTrailers failed: ${textOf(cause)}`, { trailers, cause });
    }
    const { path, kind } = this.method;
    if (code !== "OK") {
      return new RpcError(code, message, { trailers, ...withCause(this.#cause) });
    }
    if (this.#replied || streamsReplies(kind)) return undefined;
    return new RpcError("INTERNAL", `The server sent no reply to ${path}`, { trailers });
  }

  #connect(requests: Iterable<object> | AsyncIterable<object>): void {
    if (this.#isOver) return;
    this.#wire = this.#options.interceptors.around(this, () => this.#call());
    if (Symbol.asyncIterator in requests) {
      void this.#sendAll(requests[Symbol.asyncIterator]());
    } else {
      for (const request of requests) this.#send(request, () => {});
      this.#wire.endMessages();
    }
  }

  #call(): ClientWire {
    const { transport, waitForReady } = this.#options;
    const { method: { path }, metadata, deadline } = this;
    try {
      return transport.call({ path, metadata, deadline, waitForReady }, this);
    } catch (cause) {
      throw new RpcError("UNAVAILABLE", `Cannot call ${path}: ${textOf(cause)}`, { cause });
    }
  }

  async #sendAll(requests: AsyncIterator<object>): Promise<void> {
    this.#requests = requests;
    try {
      for (let next = await requests.next(); !next.done; next = await requests.next()) {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#resumeSending = resolve;
        if (this.#isOver || !this.#send(next.value, resolve)) return;
        await promise;
        if (this.#isOver) return;
      }
      if (!this.#isOver) this.#wire?.endMessages();
    } catch (cause) {
      this.#cancel("CANCELLED", `The requests failed: ${textOf(cause)}`, cause);
    }
  }

  /** Sends one request; false when it cannot be encoded, and the call has ended for that. */
  #send(request: object, sent: () => void): boolean {
    let bytes: Uint8Array;
    try {
      bytes = this.method.request.encode(request);
    } catch (cause) {
      this.#cancel("INTERNAL", `Cannot encode the request of ${this.method.path}`, cause);
      return false;
    }
    this.#wire?.sendMessage(bytes, () => {
      this.#reporters?.sent(bytes.length);
      sent();
    });
    return true;
  }

  /** A call that is cancelled because the call it belongs to is over ends as that one did. */
  #aborted({ reason }: AbortSignal): void {
    if (reason instanceof RpcError) this.#cancel(reason.code, reason.message, reason);
    else this.#cancel("CANCELLED", "The caller cancelled the call", reason);
  }

  #fail(error: unknown): void {
    const { code, message } = error instanceof RpcError
      ? error
      : new RpcError("INTERNAL", textOf(error));
    this.#cancel(code, message, error);
  }

  /** Ends the call here and there, if it is not over. */
  #cancel(code: RpcError["code"], message: string, cause?: unknown): void {
    if (this.#isOver) return;
    this.#cause ??= cause;
    if (this.#wire === undefined) this.over(code, message, new Metadata());
    else this.#wire.cancel(code, message);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function withCause(cause: unknown): ErrorOptions {
  return cause === undefined ? {} : { cause };
}
