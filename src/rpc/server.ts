/**
 * The gRPC server: takes services with their handlers, listens, answers, drains.
 * grpc-js is underneath and does not show above this folder.
 *
 * @module
 */
import { catalogued } from "../metrics/mod.ts";
import type { Logger } from "../logging/logger.ts";
import { ServerCall } from "./call.ts";
import { grpc, type sendUnaryData, type ServerUnaryCall } from "./grpc_js.ts";
import { guardHttp2 } from "./http2_guard.ts";
import type { Handlers, UnaryHandler } from "./handler.ts";
import { outcomes } from "./outcome.ts";
import type { Method, Service } from "./service.ts";
import { listenTcp } from "./socket.ts";
import { RpcError, Status, type StatusName } from "./status.ts";

/** A service together with the functions that answer it. Made by {@linkcode implement}. */
export interface Implementation {
  readonly service: Service;
  readonly handlers: Readonly<Record<string, UnaryHandler<object, object>>>;
}

/** Joins a service and its handlers; the types of both come from the same .proto. */
export function implement<Generated, Definition>(
  service: Service<Generated, Definition>,
  handlers: Handlers<Generated>,
): Implementation {
  return {
    service: service as Service,
    handlers: handlers as unknown as Implementation["handlers"],
  };
}

/** Options of {@linkcode serveRpc}. */
export interface RpcServerOptions {
  readonly services: readonly Implementation[];
  /** Address to listen on. */
  readonly hostname: string;
  /** Port to listen on; 0 lets the system choose. */
  readonly port: number;
  /**
   * Largest request in bytes; a larger one is answered with RESOURCE_EXHAUSTED.
   * Default 4 MiB; gRPC core's `grpc.max_receive_message_length`.
   */
  readonly maxReceiveMessageBytes?: number;
  readonly log: Logger;
}

/** A server that listens. */
export interface RpcServer {
  /** Where it listens, with the port that the system chose. */
  readonly address: { readonly hostname: string; readonly port: number };
  /**
   * Stops: refuses new connections and calls at once, lets running calls finish for at most
   * `timeoutMs`, then cuts what is left. Resolves when all is closed, with whether calls were cut.
   * Calling it again with 0 cuts at once.
   */
  close(timeoutMs: number): Promise<{ cut: boolean }>;
}

/** Default of `maxReceiveMessageBytes`: 4 MiB, as everywhere in gRPC. */
export const DEFAULT_MAX_RECEIVE_MESSAGE_BYTES = 4 * 1024 * 1024;

/** How long a connection may take to close after its last call. */
const LINGER_MS = 1000;

/**
 * Starts a server and resolves once the port is bound.
 *
 * Rejects with the system's error when it cannot listen.
 */
export async function serveRpc(options: RpcServerOptions): Promise<RpcServer> {
  guardHttp2();
  const server = new grpc.Server({
    "grpc.max_receive_message_length": options.maxReceiveMessageBytes ??
      DEFAULT_MAX_RECEIVE_MESSAGE_BYTES,
    "grpc.enable_channelz": 0,
    interceptors: [outcomes(countOutcome)],
  });
  for (const { service, handlers } of options.services) {
    for (const [name, method] of Object.entries(service.methods)) {
      const handler = handlers[name];
      if (handler === undefined) {
        throw new TypeError(`Cannot serve '${service.name}': the method '${name}' has no handler`);
      }
      server.register(
        method.path,
        unary(method, handler, options.log),
        identity,
        identity,
        "unary",
      );
    }
  }
  const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  const listener = await listenTcp({
    hostname: options.hostname,
    port: options.port,
    onConnection: (socket) => injector.injectConnection(socket),
    onError: (error) => connectionFailed("socket", error, options.log),
  });
  let force: (() => void) | undefined;
  let closing: Promise<{ cut: boolean }> | undefined;
  return {
    address: listener.address,
    close(timeoutMs) {
      if (timeoutMs <= 0) force?.();
      closing ??= drain(timeoutMs);
      return closing;
    },
  };

  async function drain(timeoutMs: number): Promise<{ cut: boolean }> {
    const deadline = Promise.withResolvers<"late">();
    force = () => deadline.resolve("late");
    const timer = setTimeout(force, timeoutMs);
    const disconnected = listener.close();
    const answered = new Promise<"answered">((done) => server.tryShutdown(() => done("answered")));
    const outcome = await Promise.race([answered, deadline.promise]);
    if (outcome === "late") server.forceShutdown();
    // The last replies are on their way; but a peer may keep a connection half open for ever.
    const linger = setTimeout(force, LINGER_MS);
    await Promise.race([disconnected, deadline.promise]);
    clearTimeout(timer);
    clearTimeout(linger);
    listener.destroyAll();
    await disconnected;
    return { cut: outcome === "late" };
  }
}

function countOutcome(path: string, code: StatusName): void {
  const [, service = "", method = ""] = path.split("/");
  catalogued.counter("grpc_server_handled_total", {
    grpc_type: "unary",
    grpc_service: service,
    grpc_method: method,
    grpc_code: code,
  }).increment();
}

/**
 * Counts a failure of a connection: one that its socket told of, or one that escaped from the
 * transport and was survived. Peers can cause both at will, so they are not worth more than a
 * debug line.
 */
export function connectionFailed(origin: "socket" | "escaped", error: unknown, log: Logger): void {
  catalogued.counter("grpc_server_connection_errors_total", { origin }).increment();
  log.debug("a connection failed", { origin, error });
}

type GrpcHandler = (
  call: ServerUnaryCall<Uint8Array, Uint8Array>,
  respond: sendUnaryData<Uint8Array>,
) => void;

// Messages pass grpc-js as bytes: decoding is ours, so that a body that cannot be decoded is a call like any other.
function identity(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function unary(method: Method, handler: UnaryHandler<object, object>, log: Logger): GrpcHandler {
  return async (grpcCall, respond) => {
    const call = new ServerCall(method.path, grpcCall);
    try {
      const reply = method.encodeReply(await handler(decode(method, grpcCall.request), call));
      if (call.answer()) respond(null, reply);
    } catch (error) {
      if (!(error instanceof RpcError)) {
        log.error("a handler failed", { path: method.path, error });
      }
      if (call.answer()) respond(wireStatus(error), null);
    }
  };
}

function decode(method: Method, bytes: Uint8Array): object {
  try {
    return method.decodeRequest(bytes);
  } catch (cause) {
    throw new RpcError("INTERNAL", `Cannot decode the request of ${method.path}`, { cause });
  }
}

function wireStatus(error: unknown): { code: number; details: string } {
  return error instanceof RpcError
    ? { code: Status[error.code], details: error.message }
    : { code: Status.INTERNAL, details: "Internal server error" };
}
