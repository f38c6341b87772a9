/**
 * The gRPC server: takes services with their handlers, listens, answers, drains.
 * What carries the calls is a transport; grpc-js is one, and does not show above its folder.
 *
 * @module
 */
import type { Logger } from "../logging/logger.ts";
import { catalogued } from "../metrics/mod.ts";
import { type ConnectionLimits, connectionLimits } from "./connection_limits.ts";
import {
  DEFAULT_HANDSHAKE_TIMEOUT_MS,
  serverCredentials,
  type ServerTlsOptions,
} from "./tls/credentials.ts";
import type { AnyHandler, Handlers } from "./handler.ts";
import { type Interceptor, Interceptors } from "./interceptor.ts";
import { reportFailures } from "./interceptors/failures.ts";
import { type ServedMethod, ServerCall } from "./server_call.ts";
import type { Service } from "./service.ts";
import type { NativeLimits } from "./transport/limits.ts";
import { listenNative } from "./transport/server.ts";
import { integerWithin } from "./within.ts";

/** A service together with the functions that answer it. Made by {@linkcode implement}. */
export interface Implementation {
  readonly service: Service;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
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

/** Names of transports. */
export type TransportName = "native" | "grpc-js";

/** The transport of servers that name none. Tests choose another, to run the same on both. */
export const defaultTransport: { name: TransportName } = { name: "grpc-js" };

/** Options of {@linkcode serveRpc}. */
export interface RpcServerOptions {
  readonly services: readonly Implementation[];
  /** Address to listen on. */
  readonly hostname: string;
  /** Port to listen on; 0 lets the system choose. */
  readonly port: number;
  /** What takes part in every call, outermost first. */
  readonly interceptors?: readonly Interceptor[];
  /**
   * Largest request in bytes; a larger one is answered with RESOURCE_EXHAUSTED.
   * Default 4 MiB, from 1 byte to 1 GiB; gRPC core's `grpc.max_receive_message_length`.
   */
  readonly maxReceiveMessageBytes?: number;
  /**
   * Largest reply in bytes; in place of a larger one the caller gets RESOURCE_EXHAUSTED.
   * Default no limit, from 1 byte to 1 GiB; gRPC core's `grpc.max_send_message_length`.
   */
  readonly maxSendMessageBytes?: number;
  /** What each connection may do: its age, its pings, its calls. */
  readonly connections?: ConnectionLimits;
  /**
   * What each connection may cost: memory, and work without use. The transport `native` keeps all of
   * them, grpc-js no more than `maxHeaderListBytes`.
   */
  readonly transportLimits?: NativeLimits;
  /** Encrypts connections; default is none. */
  readonly tls?: ServerTlsOptions | undefined;
  /** What carries the calls: our own HTTP/2, or that of grpc-js. Default {@linkcode defaultTransport}. */
  readonly transport?: TransportName | undefined;
  readonly log: Logger;
}

/** A server that listens. */
export interface RpcServer {
  /** Where it listens, with the port that the system chose. */
  readonly address: { readonly hostname: string; readonly port: number };
  /**
   * Stops: refuses new connections at once and tells clients to go; `native` still answers calls that
   * are on their way before a client knows, for a second at most. Lets running calls finish for at most
   * `timeoutMs`, then cuts what is left. Resolves when all is closed, with whether calls were cut.
   * Calling it again with 0 cuts at once.
   */
  close(timeoutMs: number): Promise<{ cut: boolean }>;
}

/** Default of `maxReceiveMessageBytes`: 4 MiB, as everywhere in gRPC. */
export const DEFAULT_MAX_RECEIVE_MESSAGE_BYTES = 4 * 1024 * 1024;

/** The largest that a limit of messages can be. */
export const LARGEST_MESSAGE_LIMIT: number = 1024 ** 3;

/**
 * Starts a server and resolves once the port is bound.
 *
 * Rejects with `ListenError` when it cannot listen, with TypeError when a method has no handler,
 * with RangeError when a limit is out of range, with `CredentialsError` when a file of `tls` cannot
 * be used.
 */
export async function serveRpc(options: RpcServerOptions): Promise<RpcServer> {
  const {
    maxReceiveMessageBytes = DEFAULT_MAX_RECEIVE_MESSAGE_BYTES,
    maxSendMessageBytes = Infinity,
  } = options;
  integerWithin("maxReceiveMessageBytes", maxReceiveMessageBytes, 1, LARGEST_MESSAGE_LIMIT);
  if (maxSendMessageBytes !== Infinity) {
    integerWithin("maxSendMessageBytes", maxSendMessageBytes, 1, LARGEST_MESSAGE_LIMIT);
  }
  const served = methodsByPath(options.services);
  const shared = {
    interceptors: new Interceptors(
      [reportFailures(options.log), ...options.interceptors ?? []],
      (error) => options.log.error("an interceptor failed", { error }),
    ),
    maxSendMessageBytes,
  };
  const connections = catalogued.gauge("grpc_server_connections");
  using started = new DisposableStack();
  const tls = options.tls && {
    credentials: started.use(serverCredentials(options.tls, options.log)),
    handshakeTimeoutMs: options.tls.handshakeTimeoutMs ?? DEFAULT_HANDSHAKE_TIMEOUT_MS,
  };
  const transport = options.transport ?? defaultTransport.name;
  const listen = transport === "native" ? listenNative : await loadGrpcJs();
  const { address, close } = await listen({
    hostname: options.hostname,
    port: options.port,
    maxReceiveMessageBytes,
    connections: connectionLimits(options.connections ?? {}),
    limits: options.transportLimits ?? {},
    accept: (wire) => new ServerCall(wire, served.get(wire.path), shared),
    tls,
    onConnectionError: connectionFailures(options.log),
    onConnections: (change) => connections.increment(change),
  });
  const serving = started.move();
  return {
    address,
    async close(timeoutMs) {
      const end = await close(timeoutMs);
      serving.dispose();
      return end;
    },
  };
}

/** Only who wants grpc-js loads it. */
async function loadGrpcJs() {
  const { listenGrpcJs } = await import("./grpc_js/server.ts");
  return listenGrpcJs;
}

function methodsByPath(services: readonly Implementation[]): ReadonlyMap<string, ServedMethod> {
  const served = new Map<string, ServedMethod>();
  for (const { service, handlers } of services) {
    for (const [name, method] of Object.entries(service.methods)) {
      const handler = handlers[name];
      if (handler === undefined) {
        throw new TypeError(`Cannot serve '${service.name}': the method '${name}' has no handler`);
      }
      served.set(method.path, { method, handler });
    }
  }
  return served;
}

/** Where a failure of a connection showed: at its socket, in its TLS handshake, or nowhere else. */
export type ConnectionErrorOrigin = "socket" | "tls" | "escaped";

/**
 * Returns what counts failures of connections, `escaped` being those that escaped from the transport
 * and were survived. Peers can cause each at will, so they are not worth more than a debug line.
 */
export function connectionFailures(
  log: Logger,
): (origin: ConnectionErrorOrigin, error: unknown) => void {
  const count = (origin: ConnectionErrorOrigin) =>
    catalogued.counter("grpc_server_connection_errors_total", { origin });
  const counters = { socket: count("socket"), tls: count("tls"), escaped: count("escaped") };
  return (origin, error) => {
    counters[origin].increment();
    log.debug("a connection failed", { origin, error });
  };
}
