/**
 * One call on its way through the server: from the wire through the interceptors to the handler and
 * back. It ends once, with what the caller saw.
 *
 * @module
 */
import { runAsCurrent } from "./current_call.ts";
import type { AnyHandler, CallContext } from "./handler.ts";
import type { Call, CallReporter, Interceptors } from "./interceptor.ts";
import { MessageQueue } from "./message_queue.ts";
import { Metadata } from "./metadata.ts";
import { type Method, streamsReplies, streamsRequests } from "./method.ts";
import { type ErrorStatusName, RpcError, type StatusName } from "./status.ts";
import type { ServerWire, ServerWireListener } from "./wire.ts";

/** A method and what answers it. */
export interface ServedMethod {
  readonly method: Method;
  readonly handler: AnyHandler;
}

/** What all calls of a server share. */
export interface ServerCallOptions {
  readonly interceptors: Interceptors;
  /** Largest reply in bytes. */
  readonly maxSendMessageBytes: number;
}

/** Stands for every path that is not served, so that strangers cannot make up series. */
const UNKNOWN_METHOD = {
  path: "unknown",
  service: "unknown",
  name: "unknown",
  kind: "unary",
} as const;

/** A call that is being answered. */
export class ServerCall implements CallContext, Call, ServerWireListener {
  readonly side = "server";
  readonly #wire: ServerWire;
  readonly #served: ServedMethod | undefined;
  readonly #options: ServerCallOptions;
  readonly #began = performance.now();
  #reporters: readonly CallReporter[] = [];
  #request: Uint8Array | undefined;
  #requests: MessageQueue<object> | undefined;
  #headers: Metadata | undefined;
  #headersSent = false;
  #trailers: Metadata | undefined;
  #abort: AbortController | undefined;
  /** Set when nobody waits for the handler any more. */
  #abandoned: RpcError | undefined;
  #ended = false;
  #error: unknown;
  #resumeSending: (() => void) | undefined;

  constructor(wire: ServerWire, served: ServedMethod | undefined, options: ServerCallOptions) {
    this.#wire = wire;
    this.#served = served;
    this.#options = options;
  }

  get method(): Call["method"] {
    return this.#served?.method ?? UNKNOWN_METHOD;
  }

  get metadata(): Metadata {
    return this.#wire.metadata;
  }

  get peer(): string {
    return this.#wire.peer;
  }

  get deadline(): number | undefined {
    return this.#wire.deadline;
  }

  get responseHeaders(): Metadata {
    return this.#headers ??= new Metadata();
  }

  get responseTrailers(): Metadata {
    return this.#trailers ??= new Metadata();
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController();
      if (this.#abandoned) this.#abort.abort(this.#abandoned);
    }
    return this.#abort.signal;
  }

  remaining(): number {
    return this.deadline === undefined ? Infinity : Math.max(0, this.deadline - Date.now());
  }

  begin(): void {
    const { interceptors } = this.#options;
    this.#reporters = interceptors.started(this);
    if (this.#served === undefined) {
      return this.#end(
        "UNIMPLEMENTED",
        `The server does not implement the method ${this.#wire.path}`,
      );
    }
    try {
      const delay = interceptors.admit(this);
      if (delay === undefined) this.#receive(this.#served);
      else delay.then(() => this.#receive(this.#served), (error) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  message(bytes: Uint8Array): void {
    for (const reporter of this.#reporters) reporter.received?.(bytes.length);
    if (this.#requests !== undefined) {
      const message = this.#decode(bytes);
      if (message !== undefined) this.#requests.push(message);
    } else if (this.#request === undefined) {
      this.#request = bytes;
      this.#wire.read();
    } else {
      this.#end("UNIMPLEMENTED", `${this.#wire.path} takes one request message and got a second`);
    }
  }

  endOfMessages(): void {
    if (this.#requests !== undefined) return this.#requests.end();
    if (this.#request === undefined) {
      return this.#end(
        "UNIMPLEMENTED",
        `${this.#wire.path} takes one request message and got none`,
      );
    }
    const message = this.#decode(this.#request);
    if (message !== undefined) this.#run(message);
  }

  abandoned(reason: "cancelled" | "deadline" | "transport"): void {
    if (this.#abandoned || this.#ended) return;
    const [code, message] = ABANDONED[reason];
    this.#abandoned = new RpcError(code, message);
    this.#ended = true;
    this.#abort?.abort(this.#abandoned);
    this.#requests?.fail(this.#abandoned);
    this.#resumeSending?.();
  }

  over(code: StatusName): void {
    // An answer that the caller did not wait for is an abandoned call too.
    this.#resumeSending?.();
    const seconds = (performance.now() - this.#began) / 1000;
    const end = this.#error === undefined
      ? { code, seconds }
      : { code, seconds, error: this.#error };
    for (let i = this.#reporters.length - 1; i >= 0; i--) this.#reporters[i]?.finished?.(end);
  }

  #receive(served: ServedMethod | undefined): void {
    if (this.#ended || served === undefined) return;
    if (streamsRequests(served.method.kind)) {
      this.#requests = new MessageQueue(() => this.#wire.read());
      this.#run(this.#requests);
    } else {
      this.#wire.read();
    }
  }

  #run(input: object): void {
    const { handler, method } = this.#served as ServedMethod;
    const answer = () => {
      const result = handler(input as never, this);
      return streamsReplies(method.kind) ? this.#sendAll(result as AsyncIterable<object>) : result;
    };
    try {
      const result = runAsCurrent(this, () => this.#options.interceptors.around(this, answer));
      if (result instanceof Promise) {
        result.then((reply) => this.#finish(reply), (error) => this.#fail(error));
      } else {
        this.#finish(result);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Ends the call with OK, after the reply of a method that has one. */
  #finish(reply: unknown): void {
    if (this.#ended) return;
    if (!streamsReplies(this.method.kind) && !this.#send(reply as object)) return;
    this.#end("OK", "");
  }

  /** Sends each reply when the one before is on its way. Leaving the loop early ends the iterator. */
  async #sendAll(replies: AsyncIterable<object>): Promise<void> {
    for await (const reply of replies) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#resumeSending = resolve;
      if (this.#ended || !this.#send(reply, resolve)) return;
      await promise;
      if (this.#ended) return;
    }
  }

  /** Sends one reply; false when it cannot be sent, and the call has ended for that. */
  #send(reply: object, sent?: () => void): boolean {
    let bytes: Uint8Array;
    try {
      bytes = (this.#served as ServedMethod).method.reply.encode(reply);
    } catch (cause) {
      this.#fail(new TypeError(`Cannot encode the reply of ${this.#wire.path}`, { cause }));
      return false;
    }
    const { maxSendMessageBytes } = this.#options;
    if (bytes.length > maxSendMessageBytes) {
      this.#end(
        "RESOURCE_EXHAUSTED",
        `The reply of ${bytes.length} bytes is larger than the limit of ${maxSendMessageBytes}`,
      );
      return false;
    }
    if (this.#headers !== undefined && !this.#headersSent) this.#wire.sendHeaders(this.#headers);
    this.#headersSent = true;
    for (const reporter of this.#reporters) reporter.sent?.(bytes.length);
    this.#wire.sendMessage(bytes, sent);
    return true;
  }

  #decode(bytes: Uint8Array): object | undefined {
    try {
      return (this.#served as ServedMethod).method.request.decode(bytes);
    } catch (cause) {
      this.#fail(
        new RpcError("INTERNAL", `Cannot decode the request of ${this.#wire.path}`, { cause }),
      );
      return undefined;
    }
  }

  #fail(error: unknown): void {
    if (this.#ended) return;
    this.#error = error;
    if (!(error instanceof RpcError)) return this.#end("INTERNAL", "Internal server error");
    for (const [key, value] of error.trailers) this.responseTrailers.append(key, value);
    this.#end(error.code, error.message);
  }

  #end(code: StatusName, message: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#wire.end(code, message, this.#trailers);
    this.#requests?.end();
  }
}

const ABANDONED: Record<Parameters<ServerCall["abandoned"]>[0], [ErrorStatusName, string]> = {
  cancelled: ["CANCELLED", "The caller has gone or cancelled the call"],
  deadline: ["DEADLINE_EXCEEDED", "The call's deadline has passed"],
  transport: ["INTERNAL", "The call broke the protocol and was answered below"],
};
