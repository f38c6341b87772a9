/**
 * What a service author writes: a plain async function for each method, typed from the .proto.
 *
 * ```ts
 * const handlers: Handlers<FooHandlers> = {
 *   echo: async (request, context) => ({ message: `Hello ${request.name}!` }),
 * };
 * ```
 *
 * @module
 */
import type { handleUnaryCall } from "./grpc_js.ts";
import type { Metadata } from "./metadata.ts";

/** What a handler knows of the call it answers. */
export interface CallContext {
  /** `/package.Service/method`, as on the wire. */
  readonly path: string;
  /** What the caller sent before the request. */
  readonly metadata: Metadata;
  /** The caller's address and port, or `unknown` once the connection is gone. */
  readonly peer: string;
  /** When the caller stops waiting (milliseconds since the epoch), or undefined when it waits for ever. */
  readonly deadline: number | undefined;
  /** Aborted when nobody waits for the reply any more: cancelled, deadline passed, connection lost. */
  readonly signal: AbortSignal;
}

/**
 * Answers a unary call. Throw an `RpcError` to choose the status; anything else that is thrown
 * reaches the caller as INTERNAL without its text.
 */
export type UnaryHandler<Request, Reply> = (
  request: Request,
  context: CallContext,
) => Reply | Promise<Reply>;

/** The handlers of a service, from the `…Handlers` interface that `deno task proto` generates. */
export type Handlers<Generated> = {
  readonly [
    Method in keyof Generated as string extends Method ? never
      : number extends Method ? never
      : Method
  ]: Generated[Method] extends handleUnaryCall<infer Request, infer Reply>
    ? UnaryHandler<Request, Reply>
    : never;
};
