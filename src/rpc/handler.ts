/**
 * What a service author writes: a plain async function for each method, typed from the .proto.
 *
 * ```ts
 * const handlers: Handlers<FooHandlers> = {
 *   echo: (request, context) => ({ message: `Hello ${request.name}!` }),
 *   watch: async function* (request, { signal }) {
 *     while (!signal.aborted) yield await next(request, signal);
 *   },
 * };
 * ```
 *
 * Throw an `RpcError` to choose the status; anything else that is thrown reaches the caller as
 * INTERNAL without its text.
 *
 * @module
 */
import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
} from "./grpc_js/load.ts";
import type { Metadata } from "./metadata.ts";
import type { MethodInfo } from "./method.ts";

/** What a handler knows of the call it answers. */
export interface CallContext {
  readonly method: MethodInfo;
  /** What the caller sent before the request. */
  readonly metadata: Metadata;
  /** Sent to the caller before the first reply; later changes have no effect. */
  readonly responseHeaders: Metadata;
  /** Sent to the caller with the status. */
  readonly responseTrailers: Metadata;
  /** The caller's address and port, or `unknown` once the connection is gone. */
  readonly peer: string;
  /** When the caller stops waiting (milliseconds since the epoch), or undefined when it waits for ever. */
  readonly deadline: number | undefined;
  /** Milliseconds until the deadline, 0 when it has passed; Infinity without a deadline. */
  remaining(): number;
  /** Aborted when nobody waits for the reply any more: cancelled, deadline passed, connection lost. */
  readonly signal: AbortSignal;
  /** Whether the request came compressed; of a stream of requests, the one taken last. */
  readonly isRequestCompressed: boolean;
  /**
   * Set it to true to have replies compressed from the next on, and to false for those that are not to
   * be: what mixes a secret with words of the caller tells by its length (CRIME, BREACH). Set it before
   * the first reply, to either; later it has no effect on a call that did not. It stays false where the
   * caller takes no gzip or deflate, and on grpc-js, whose server cannot compress. Replies that would
   * not become smaller go as they are.
   */
  compressReplies: boolean;
}

/** Answers one request with one reply. */
export type UnaryHandler<Request, Reply> = (
  request: Request,
  context: CallContext,
) => Reply | Promise<Reply>;

/** Answers any number of requests with one reply. Iterating rejects when the caller has gone. */
export type ClientStreamHandler<Request, Reply> = (
  requests: AsyncIterable<Request>,
  context: CallContext,
) => Reply | Promise<Reply>;

/**
 * Answers one request with any number of replies. Each is taken when the one before is on its way;
 * when the caller has gone, the iterator's `return()` is called.
 */
export type ServerStreamHandler<Request, Reply> = (
  request: Request,
  context: CallContext,
) => AsyncIterable<Reply>;

/** Answers any number of requests with any number of replies, in whatever order it likes. */
export type BidiStreamHandler<Request, Reply> = (
  requests: AsyncIterable<Request>,
  context: CallContext,
) => AsyncIterable<Reply>;

/** The handlers of a service, from the `…Handlers` interface that `deno task proto` generates. */
export type Handlers<Generated> = {
  readonly [
    Name in keyof Generated as string extends Name ? never : number extends Name ? never : Name
  ]: HandlerOf<Generated[Name]>;
};

type HandlerOf<Generated> = Generated extends handleUnaryCall<infer Request, infer Reply>
  ? UnaryHandler<Request, Reply>
  : Generated extends handleClientStreamingCall<infer Request, infer Reply>
    ? ClientStreamHandler<Request, Reply>
  : Generated extends handleServerStreamingCall<infer Request, infer Reply>
    ? ServerStreamHandler<Request, Reply>
  : Generated extends handleBidiStreamingCall<infer Request, infer Reply>
    ? BidiStreamHandler<Request, Reply>
  : never;

/** A handler of any kind, when only its method tells which. */
export type AnyHandler = (request: never, context: CallContext) => unknown;
