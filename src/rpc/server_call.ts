/**
 * One call on its way through the server: from the wire through the interceptors to the handler and
 * back. It ends once, with what the caller saw.
 *
 * @module
 */
import { runAsCurrent } from "./current_call.ts";
import type { AnyHandler, CallContext } from "./handler.ts";
import type { Call, Interceptors, Reporters } from "./interceptor.ts";
import { leave, MessageQueue } from "./message_queue.ts";
import { Metadata } from "./metadata.ts";
import { type Method, type MethodInfo, streamsReplies, streamsRequests } from "./method.ts";
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
export const UNKNOWN_METHOD: MethodInfo = {
  path: "unknown",
  service: "unknown",
  name: "unknown",
  kind: "unary",
};

/** A call that is being answered. */
export class ServerCall implements CallContext, Call, ServerWireListener {
  readonly side = "server";
  deadline: number | undefined;
  isRunning = false;
  readonly #wire: ServerWire;
  readonly #served: ServedMethod | undefined;
  readonly #options: ServerCallOptions;
  readonly #began = performance.now();
  #reporters: Reporters | undefined;
  #request: Uint8Array | undefined;
  #requests: MessageQueue<object> | undefined;
  #replies: AsyncIterator<object> | undefined;
  #headers: Metadata | undefined;
  #headersSent = false;
  #trailers: Metadata | undefined;
  #abort: AbortController | undefined;
  /** Why the handler's work is in vain, once it is. */
  #stopped: RpcError | undefined;
  /** Whether the outcome is settled, though the caller may not have it yet. */
  #ended = false;
  #error: unknown;
  #resumeSending: (() => void) | undefined;

  constructor(wire: ServerWire, served: ServedMethod | undefined, options: ServerCallOptions) {
    this.#wire = wire;
    this.#served = served;
    this.#options = options;
    this.deadline = wire.deadline;
  }

  // A function of its own, so that handlers can take it out of their context by its name.
  get remaining(): () => number {
    return () => this.deadline === undefined ? Infinity : Math.max(0, this.deadline - Date.now());
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

  get isRequestCompressed(): boolean {
    return this.#wire.isRequestCompressed;
  }

  get compressReplies(): boolean {
    return this.#wire.compressReplies;
  }

  set compressReplies(isOn: boolean) {
    this.#wire.compressReplies = isOn;
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
      if (this.#stopped) this.#abort.abort(this.#stopped);
    }
    return this.#abort.signal;
  }

  end(error: RpcError): void {
    this.#fail(error);
  }

  begin(): void {
    const { interceptors } = this.#options;
    this.#reporters = interceptors.started(this);
    if (this.#served === undefined) return this.#refuse(`does not implement ${this.#wire.path}`);
    try {
      const delay = interceptors.admit(this);
      if (delay === undefined) this.#receive();
      else delay.then(() => this.#receive()).catch((error) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  message(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.#reporters?.received(bytes.length);
    if (this.#requests !== undefined) {
      const message = this.#decode(bytes);
      if (message !== undefined) this.#requests.push(message);
    } else if (this.#request === undefined) {
      this.#request = bytes;
      this.#wire.read();
    } else {
      this.#refuse(`takes one request for ${this.#wire.path} and got a second`);
    }
  }

  endOfMessages(): void {
    if (this.#ended) return;
    if (this.#requests !== undefined) return this.#requests.end();
    if (this.#request === undefined) {
      return this.#refuse(`takes one request for ${this.#wire.path} and got none`);
    }
    const message = this.#decode(this.#request);
    this.#request = NOTHING;
    if (message !== undefined) this.#run(message);
  }

  abandoned(reason: "cancelled" | "deadline" | "transport"): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stop(new RpcError(...ABANDONED[reason]));
  }

  over(code: StatusName): void {
    // An answer that the caller did not wait for must not keep a handler waiting.
    this.#resumeSending?.();
    const seconds = (performance.now() - this.#began) / 1000;
    this.#reporters?.finished(code, seconds, this.#error);
  }

  #receive(): void {
    if (this.#ended) return;
    if (streamsRequests(this.method.kind)) {
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
      const result = runAsCurrent(
        this,
        this.#wire.carriesTrace,
        () => this.#options.interceptors.around(this, answer),
      );
      if (result instanceof Promise) {
        this.isRunning = true;
        result.then((reply) => {
          this.#returned();
          this.#finish(reply);
        }).catch((error) => {
          this.#returned();
          this.#fail(error);
        });
      } else {
        this.#finish(result);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #returned(): void {
    this.isRunning = false;
    this.#wire.settled?.();
  }

  /** Ends the call with OK, after the reply of a method that has one. */
  #finish(reply: unknown): void {
    if (this.#ended) return;
    if (streamsReplies(this.method.kind) || this.#send(reply as object, () => {})) {
      this.#end(undefined);
    }
  }

  /** Sends each reply when the one before is on its way. */
  async #sendAll(replies: AsyncIterable<object>): Promise<void> {
    const iterator = this.#replies = replies[Symbol.asyncIterator]();
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#resumeSending = resolve;
      if (this.#ended || !this.#send(next.value, resolve)) return;
      await promise;
      if (this.#ended) return;
    }
  }

  /** Sends one reply; false when it cannot be sent, and the call has ended for that. */
  #send(reply: object, sent: () => void): boolean {
    let bytes: Uint8Array;
    try {
      bytes = (this.#served as ServedMethod).method.reply.encode(reply);
    } catch (cause) {
      this.#fail(new TypeError(`Cannot encode the reply of ${this.#wire.path}`, { cause }));
      return false;
    }
    const { length } = bytes;
    const { maxSendMessageBytes } = this.#options;
    if (length > maxSendMessageBytes) {
      const message =
        `The reply of ${length} bytes is larger than the limit of ${maxSendMessageBytes}`;
      this.#end(new RpcError("RESOURCE_EXHAUSTED", message));
      return false;
    }
    if (this.#headers !== undefined && !this.#headersSent) this.#wire.sendHeaders(this.#headers);
    this.#headersSent = true;
    this.#wire.sendMessage(bytes, () => {
      this.#wire.release?.(bytes);
      this.#reporters?.sent(length);
      sent();
    });
    return true;
  }

  #decode(bytes: Uint8Array): object | undefined {
    const { request } = (this.#served as ServedMethod).method;
    try {
      const message = request.decode(bytes);
      if (!request.keepsBytes) this.#wire.release?.(bytes);
      return message;
    } catch (cause) {
      this.#fail(
        new RpcError("INTERNAL", `Cannot decode the request of ${this.#wire.path}`, { cause }),
      );
      return undefined;
    }
  }

  /** Ends the call for what is no fault of the handler: `what` the server does or does not. */
  #refuse(what: string): void {
    this.#end(new RpcError("UNIMPLEMENTED", `The server ${what}`));
  }

  /** Ends the call with what the handler, or something on its behalf, threw. */
  #fail(error: unknown): void {
    if (this.#ended) return;
    this.#error = error;
    if (!(error instanceof RpcError)) return this.#end(internalError(error));
    for (const [key, value] of error.trailers) this.responseTrailers.append(key, value);
    this.#end(error);
  }

  #end(error: RpcError | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    if (error === undefined) this.#requests?.end();
    else this.#stop(error);
    try {
      this.#wire.end(error?.code ?? "OK", error?.message ?? "", this.#trailers);
    } catch (cause) {
      this.#error = cause;
      this.#wire.end("INTERNAL", internalError(cause).message, undefined);
    }
  }

  /** Tells the handler, if it still runs, that its work is in vain. */
  #stop(error: RpcError): void {
    this.#stopped = error;
    this.#abort?.abort(error);
    this.#requests?.fail(error);
    this.#resumeSending?.();
    leave(this.#replies);
  }
}

/** In place of a request that was decoded. */
const NOTHING = new Uint8Array();

function internalError(cause: unknown): RpcError {
  return new RpcError("INTERNAL", "Internal server error", { cause });
}

const ABANDONED: Record<Parameters<ServerCall["abandoned"]>[0], [ErrorStatusName, string]> = {
  cancelled: ["CANCELLED", "The caller has gone or cancelled the call"],
  deadline: ["DEADLINE_EXCEEDED", "The call's deadline has passed"],
  transport: ["INTERNAL", "The call broke the protocol and was answered below"],
};
