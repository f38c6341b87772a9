/**
 * The gRPC client: one connection to a target, every method of a service a typed async function.
 *
 * A call made inside a handler inherits the deadline of the call that is being answered, and is
 * cancelled with it.
 *
 * @module
 */
import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
} from "./grpc_js/load.ts";
import { ClientCall } from "./client_call.ts";
import { currentCall } from "./current_call.ts";
import { connectGrpcJs } from "./grpc_js/client.ts";
import { type Interceptor, Interceptors } from "./interceptor.ts";
import { Metadata } from "./metadata.ts";
import { type Method, streamsReplies, streamsRequests } from "./method.ts";
import type { Service } from "./service.ts";
import { RpcError } from "./status.ts";
import type { ClientTransport } from "./wire.ts";

/** Options of one call. */
export interface CallOptions {
  /**
   * How long to wait for the end of the call, in milliseconds; after that it ends with
   * DEADLINE_EXCEEDED. The deadline of the call being answered, if there is one, comes first.
   */
  readonly timeoutMs?: number;
  /** Cancels the call when aborted. */
  readonly signal?: AbortSignal;
  /** Sent before the request. */
  readonly metadata?: Metadata;
  /** Whether to wait for a connection instead of failing with UNAVAILABLE. Default false. */
  readonly waitForReady?: boolean;
  /** Called with what the server sends before its first reply. */
  readonly onHeaders?: (headers: Metadata) => void;
  /** Called with what the server sends with the status. */
  readonly onTrailers?: (trailers: Metadata) => void;
}

/**
 * The methods of a service as functions, typed from what `deno task proto` generates. They reject
 * with {@linkcode RpcError} alone. Streams are async iterables; leaving one early cancels the call.
 */
export type Methods<Generated, Definition> = {
  readonly [
    Name in keyof Generated as string extends Name ? never : number extends Name ? never : Name
  ]: Name extends keyof Definition
    ? MethodOf<Generated[Name], RequestOf<Definition[Name]>, ReplyOf<Definition[Name]>>
    : never;
};

// deno-lint-ignore no-explicit-any -- any message
type Any = any;
type RequestOf<Definition> = Definition extends { requestSerialize(value: infer Request): Any }
  ? Request
  : never;
type ReplyOf<Definition> = Definition extends { responseDeserialize(value: Any): infer Reply }
  ? Reply
  : never;

type MethodOf<Generated, Request, Reply> = Generated extends handleUnaryCall<Any, Any>
  ? (request: Request, options?: CallOptions) => Promise<Reply>
  : Generated extends handleClientStreamingCall<Any, Any>
    ? (requests: AsyncIterable<Request>, options?: CallOptions) => Promise<Reply>
  : Generated extends handleServerStreamingCall<Any, Any>
    ? (request: Request, options?: CallOptions) => AsyncIterable<Reply>
  : Generated extends handleBidiStreamingCall<Any, Any>
    ? (requests: AsyncIterable<Request>, options?: CallOptions) => AsyncIterable<Reply>
  : never;

/** A connection to a server. */
export interface RpcClient<Generated, Definition> {
  readonly methods: Methods<Generated, Definition>;
  /** Ends the connection; calls that still run are cancelled. */
  close(): void;
}

/** Options of {@linkcode connectRpc}. */
export interface RpcClientOptions {
  /** `host:port`, or a name with its resolver: `dns:///host:port`. */
  readonly target: string;
  /** What takes part in every call, outermost first. */
  readonly interceptors?: readonly Interceptor[];
}

/**
 * Makes a client. It connects at the first call and again whenever the connection is lost, after
 * 100 ms at first and 5 s at most; calls made in between fail with UNAVAILABLE.
 */
export function connectRpc<Generated, Definition>(
  service: Service<Generated, Definition>,
  { target, interceptors = [] }: RpcClientOptions,
): RpcClient<Generated, Definition> {
  const transport = connectGrpcJs({
    target,
    channelOptions: {
      "grpc.initial_reconnect_backoff_ms": 100,
      "grpc.min_reconnect_backoff_ms": 100,
      "grpc.max_reconnect_backoff_ms": 5000,
      "grpc.enable_channelz": 0,
      "grpc.enable_http_proxy": 0,
    },
  });
  const shared = { transport, interceptors: new Interceptors(interceptors) };
  const methods = Object.fromEntries(
    Object.entries(service.methods).map(([name, method]) => [name, caller(method, shared)]),
  );
  return { methods: methods as Methods<Generated, Definition>, close: () => transport.close() };
}

interface Shared {
  readonly transport: ClientTransport;
  readonly interceptors: Interceptors;
}

type Input = object & Partial<AsyncIterable<object>>;

function caller(method: Method, shared: Shared) {
  return (input: Input, options: CallOptions = {}): Promise<object> | AsyncIterable<object> => {
    const call = new ClientCall(method, { ...shared, ...resolve(options) });
    call.start(streamsRequests(method.kind) ? input as AsyncIterable<object> : [input]);
    return streamsReplies(method.kind) ? call.replies : only(call.replies, method.path);
  };
}

/** What the options and the call being answered ask for together. */
function resolve({ timeoutMs, signal, ...options }: CallOptions) {
  const parent = currentCall();
  const own = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;
  const deadline = Math.min(own, parent?.deadline ?? Infinity);
  return {
    metadata: options.metadata ?? new Metadata(),
    deadline: deadline === Infinity ? undefined : deadline,
    waitForReady: options.waitForReady ?? false,
    signals: [signal, parent?.signal].filter((one) => one !== undefined),
    onHeaders: options.onHeaders,
    onTrailers: options.onTrailers,
  };
}

/** The one reply of a call that has one, once the call has ended with OK. */
async function only(replies: AsyncIterable<object>, path: string): Promise<object> {
  const iterator = replies[Symbol.asyncIterator]();
  const { done, value } = await iterator.next();
  if (done) throw new RpcError("INTERNAL", `The server sent no reply to ${path}`);
  if (!(await iterator.next()).done) {
    throw new RpcError("INTERNAL", `The server sent more than one reply to ${path}`);
  }
  return value;
}
