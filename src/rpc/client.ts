/**
 * The gRPC client: one connection to a target, every method of a service a typed async function.
 *
 * @module
 */
import type { MethodDefinition } from "@grpc/proto-loader";
import { type Client as GrpcClient, grpc, type ServiceError } from "./grpc_js.ts";
import { guardHttp2 } from "./http2_guard.ts";
import type { Metadata } from "./metadata.ts";
import type { Method, Service } from "./service.ts";
import { RpcError, type StatusName, statusName } from "./status.ts";

/** Options of one call. */
export interface CallOptions {
  /** How long to wait for the reply, in milliseconds; after that the call ends with DEADLINE_EXCEEDED. */
  readonly timeoutMs?: number;
  /** Cancels the call when aborted. */
  readonly signal?: AbortSignal;
  /** Sent before the request. */
  readonly metadata?: Metadata;
}

/** The methods of a service as async functions. They reject with {@linkcode RpcError} alone. */
export type Methods<Definition> = {
  readonly [
    Name in keyof Definition as string extends Name ? never : number extends Name ? never : Name
  ]: Definition[Name] extends MethodDefinition<infer Request, infer _In, infer _Out, infer Reply>
    ? (request: Request, options?: CallOptions) => Promise<Reply>
    : never;
};

/** A connection to a server. */
export interface RpcClient<Definition> {
  readonly methods: Methods<Definition>;
  /** Ends the connection; calls that still run are cancelled. */
  close(): void;
}

/** Options of {@linkcode connectRpc}. */
export interface RpcClientOptions {
  /** `host:port`. */
  readonly target: string;
}

/**
 * Makes a client. It connects at the first call and again whenever the connection is lost, after
 * 100 ms at first and 5 s at most; calls made in between fail with UNAVAILABLE.
 */
export function connectRpc<Generated, Definition>(
  service: Service<Generated, Definition>,
  options: RpcClientOptions,
): RpcClient<Definition> {
  guardHttp2();
  const client = new grpc.Client(options.target, grpc.credentials.createInsecure(), {
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.min_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 5000,
    "grpc.enable_channelz": 0,
    "grpc.enable_http_proxy": 0,
  });
  const methods = Object.fromEntries(
    Object.entries(service.methods).map(([name, method]) => [name, caller(client, method)]),
  );
  return { methods: methods as Methods<Definition>, close: () => client.close() };
}

function caller(client: GrpcClient, method: Method) {
  return (request: object, { timeoutMs, signal, metadata }: CallOptions = {}): Promise<object> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled(method.path));
      const call = client.makeUnaryRequest(
        method.path,
        (message: object) => Buffer.from(method.encodeRequest(message)),
        method.decodeReply,
        request,
        toGrpc(metadata),
        timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs },
        (error, reply) => {
          signal?.removeEventListener("abort", cancel);
          if (error) reject(toRpcError(error));
          else if (reply === undefined) {
            reject(new RpcError("INTERNAL", "The server sent no reply"));
          } else resolve(reply);
        },
      );
      const cancel = () => call.cancel();
      signal?.addEventListener("abort", cancel, { once: true });
    });
}

function cancelled(path: string): RpcError {
  return new RpcError("CANCELLED", `The call of ${path} was cancelled before it began`);
}

function toRpcError(error: ServiceError): RpcError {
  const code: StatusName = statusName(error.code);
  return new RpcError(code === "OK" ? "UNKNOWN" : code, error.details, { cause: error });
}

function toGrpc(metadata: Metadata | undefined) {
  const sent = new grpc.Metadata();
  for (const [key, value] of metadata ?? []) {
    sent.add(key, typeof value === "string" ? value : Buffer.from(value));
  }
  return sent;
}
