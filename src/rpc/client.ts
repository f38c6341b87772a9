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
import type { Logger } from "../logging/logger.ts";
import { type ChannelOptions, channelOptions } from "./channel_options.ts";
import { ClientCall } from "./client_call.ts";
import { currentCall, wantCurrentCall } from "./current_call.ts";
import { connectGrpcJs } from "./grpc_js/client.ts";
import { type Interceptor, Interceptors } from "./interceptor.ts";
import { Metadata } from "./metadata.ts";
import { type Method, streamsReplies, streamsRequests } from "./method.ts";
import type { Service } from "./service.ts";
import { RpcError } from "./status.ts";
import { clientCredentials, type ClientTlsOptions } from "./tls/credentials.ts";
import { requireServerName } from "./tls/server_name.ts";
import type { ClientTransport } from "./wire.ts";

// Its calls take over from those that are being answered.
wantCurrentCall();

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
  /** Whether to wait for a connection instead of failing with UNAVAILABLE. Default: the client's. */
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
export interface RpcClientOptions extends ChannelOptions {
  /**
   * `host:port`, or a name with its resolver: `dns:///host:port` for all addresses that DNS has,
   * `ipv4:10.0.0.1:20000,10.0.0.2:20000` for a list.
   */
  readonly target: string;
  /** Default of {@linkcode CallOptions.waitForReady}. Default false. */
  readonly waitForReady?: boolean;
  /** What takes part in every call, outermost first. */
  readonly interceptors?: readonly Interceptor[];
  /** Encrypts the connection; default is none. `{}` trusts what Deno trusts. */
  readonly tls?: ClientTlsOptions | undefined;
  /** Where to warn of certificates that expire or cannot be loaded again. Default nowhere. */
  readonly log?: Logger;
}

/**
 * Makes a client. It connects at the first call and again whenever the connection is lost, after
 * 100 ms at first and 5 s at most unless `reconnect` says otherwise; calls made in between fail with
 * UNAVAILABLE, unless they wait or are made again: see `waitForReady` and `retry`.
 *
 * Throws RangeError when an option is out of range, `CredentialsError` when a file of `tls` cannot
 * be used, TypeError when the target is an address and `tls` does not name the server. A server whose certificate is refused, or that refuses ours, is one that cannot be
 * reached: UNAVAILABLE.
 */
export function connectRpc<Generated, Definition>(
  service: Service<Generated, Definition>,
  options: RpcClientOptions,
): RpcClient<Generated, Definition> {
  const { target, interceptors = [], waitForReady = false, tls, log = silent } = options;
  const channel = channelOptions(options);
  if (tls) requireServerName(target, tls.serverName);
  using started = new DisposableStack();
  const credentials = tls && started.use(clientCredentials(tls, log));
  const transport = connectGrpcJs({
    target,
    tls: credentials,
    channelOptions: {
      ...tls?.serverName !== undefined && {
        "grpc.ssl_target_name_override": tls.serverName,
        "grpc.default_authority": tls.serverName,
      },
      ...channel,
    },
  });
  const onError = (error: unknown) => log.error("an interceptor failed", { error });
  const shared = { transport, interceptors: new Interceptors(interceptors, onError), waitForReady };
  const methods = Object.fromEntries(
    Object.entries(service.methods).map(([name, method]) => [name, caller(method, shared)]),
  );
  started.defer(() => transport.close());
  const running = started.move();
  return {
    methods: methods as Methods<Generated, Definition>,
    close: () => running.dispose(),
  };
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

interface Shared {
  readonly transport: ClientTransport;
  readonly interceptors: Interceptors;
  readonly waitForReady: boolean;
}

type Input = object & Partial<AsyncIterable<object>>;

function caller(method: Method, shared: Shared) {
  return (input: Input, options: CallOptions = {}): Promise<object> | AsyncIterable<object> => {
    const call = new ClientCall(method, { ...shared, ...resolve(options, shared) });
    call.start(streamsRequests(method.kind) ? input as AsyncIterable<object> : [input]);
    return streamsReplies(method.kind) ? call.replies : only(call.replies, method.path);
  };
}

/** What the options and the call being answered ask for together. */
function resolve({ timeoutMs, signal, ...options }: CallOptions, shared: Shared) {
  const parent = currentCall();
  const own = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;
  const deadline = Math.min(own, parent?.deadline ?? Infinity);
  return {
    // A copy: interceptors add to it, and the caller may use theirs for other calls.
    metadata: new Metadata(options.metadata),
    deadline: deadline === Infinity ? undefined : deadline,
    waitForReady: options.waitForReady ?? shared.waitForReady,
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
