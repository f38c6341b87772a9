/**
 * One call on its way from the client: through the interceptors to the wire and back. It ends once.
 *
 * @module
 */
import type { Call, CallReporter, Interceptors } from "./interceptor.ts";
import { MessageQueue } from "./message_queue.ts";
import { Metadata } from "./metadata.ts";
import type { Method } from "./method.ts";
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

/** A call that is being made. */
export class ClientCall implements Call, ClientWireListener {
  readonly side = "client";
  readonly method: Method;
  /** The replies. Leaving their iteration early cancels the call. */
  readonly replies: MessageQueue<object>;
  readonly #options: ClientCallOptions;
  readonly #began = performance.now();
  readonly #cancel = () => this.cancel("The caller cancelled the call");
  readonly #over = Promise.withResolvers<void>();
  #reporters: readonly CallReporter[] = [];
  #wire: ClientWire | undefined;
  #isOver = false;
  #abort: AbortController | undefined;

  constructor(method: Method, options: ClientCallOptions) {
    this.method = method;
    this.#options = options;
    this.replies = new MessageQueue(() => this.#wire?.read(), this.#cancel);
  }

  get metadata(): Metadata {
    return this.#options.metadata;
  }

  get peer(): string {
    return this.#wire?.peer ?? "unknown";
  }

  get deadline(): number | undefined {
    return this.#options.deadline;
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#isOver) this.#abort.abort();
    return this.#abort.signal;
  }

  /** Starts the call and sends `requests`, each when the one before is on its way. */
  start(requests: Iterable<object> | AsyncIterable<object>): void {
    const { interceptors } = this.#options;
    this.#reporters = interceptors.started(this);
    try {
      const delay = interceptors.admit(this);
      if (delay === undefined) this.#connect(requests);
      else delay.then(() => this.#connect(requests), (error) => this.#refuse(error));
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** Ends the call with CANCELLED, if it is not over. */
  cancel(message: string): void {
    if (this.#isOver) return;
    if (this.#wire === undefined) this.over("CANCELLED", message, new Metadata());
    else this.#wire.cancel("CANCELLED", message);
  }

  headers(headers: Metadata): void {
    this.#options.onHeaders?.(headers);
  }

  message(bytes: Uint8Array): void {
    for (const reporter of this.#reporters) reporter.received?.(bytes.length);
    try {
      this.replies.push(this.method.reply.decode(bytes));
    } catch {
      this.#wire?.cancel("INTERNAL", `Cannot decode the reply of ${this.method.path}`);
    }
  }

  over(code: StatusName, message: string, trailers: Metadata): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const signal of this.#options.signals) signal.removeEventListener("abort", this.#cancel);
    const error = code === "OK" ? undefined : new RpcError(code, message, { trailers });
    const seconds = (performance.now() - this.#began) / 1000;
    const end = error === undefined ? { code, seconds } : { code, seconds, error };
    for (let i = this.#reporters.length - 1; i >= 0; i--) this.#reporters[i]?.finished?.(end);
    this.#options.onTrailers?.(trailers);
    this.#abort?.abort();
    if (error === undefined) this.replies.end();
    else this.replies.fail(error);
    this.#over.resolve();
  }

  #refuse(error: unknown): void {
    const { code, message } = error instanceof RpcError
      ? error
      : new RpcError("INTERNAL", error instanceof Error ? error.message : String(error));
    this.over(code, message, new Metadata());
  }

  #connect(requests: Iterable<object> | AsyncIterable<object>): void {
    const { transport, interceptors, metadata, deadline, waitForReady, signals } = this.#options;
    if (this.#isOver) return;
    if (signals.some(({ aborted }) => aborted)) {
      return this.over("CANCELLED", "The call was cancelled before it began", new Metadata());
    }
    for (const signal of signals) signal.addEventListener("abort", this.#cancel, { once: true });
    const { path } = this.method;
    this.#wire = interceptors.around(
      this,
      () => transport.call({ path, metadata, deadline, waitForReady }, this),
    );
    if (Symbol.asyncIterator in requests) {
      void this.#sendAll(requests);
    } else {
      for (const request of requests) this.#send(request, () => {});
      this.#wire.endMessages();
    }
  }

  async #sendAll(requests: AsyncIterable<object>): Promise<void> {
    const iterator = requests[Symbol.asyncIterator]();
    void this.#over.promise.then(() => iterator.return?.()).catch(() => {});
    try {
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        const sent = Promise.withResolvers<void>();
        if (this.#isOver || !this.#send(next.value, sent.resolve)) return;
        await Promise.race([sent.promise, this.#over.promise]);
      }
      if (!this.#isOver) this.#wire?.endMessages();
    } catch (error) {
      this.cancel(`The requests failed: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** Sends one request; false when it cannot be encoded, and the call has ended for that. */
  #send(request: object, sent: () => void): boolean {
    let bytes: Uint8Array;
    try {
      bytes = this.method.request.encode(request);
    } catch {
      this.#wire?.cancel("INTERNAL", `Cannot encode the request of ${this.method.path}`);
      return false;
    }
    for (const reporter of this.#reporters) reporter.sent?.(bytes.length);
    this.#wire?.sendMessage(bytes, sent);
    return true;
  }
}
