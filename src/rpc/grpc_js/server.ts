/**
 * The server of grpc-js as a transport: listens, hands each call on, drains.
 *
 * @module
 */
import type { Socket } from "node:net";
import type { ServerInterceptor } from "@grpc/grpc-js";
import type { ConnectionLimits } from "../connection_limits.ts";
import { type NativeLimits, nativeLimits } from "../transport/limits.ts";
import type { AcceptCall } from "../wire.ts";
import { limitHeaders, limitPings, serverOptions } from "./connection_limits.ts";
import { guardHttp2 } from "./http2_guard.ts";
import { grpc, type Server } from "./load.ts";
import { GrpcJsServerWire } from "./server_wire.ts";
import { isGrpc, limitTimeout } from "./request_headers.ts";
import { listenTcp, type TcpListener } from "./socket.ts";
import { acceptTls, type ServerTls } from "./tls.ts";

/** Options of {@linkcode listenGrpcJs}. */
export interface GrpcJsServerOptions {
  readonly hostname: string;
  readonly port: number;
  readonly maxReceiveMessageBytes: number;
  readonly connections: Required<ConnectionLimits>;
  /** Of these, `maxHeaderListBytes`. */
  readonly limits?: NativeLimits;
  readonly accept: AcceptCall;
  /** TLS; without it connections are not encrypted. */
  readonly tls?: ServerTls | undefined;
  /** Called for every error of a connection, and for every TLS handshake that fails. */
  readonly onConnectionError: (origin: "socket" | "tls", error: Error) => void;
  /** Called with 1 for every connection that opens, with -1 when it has closed. */
  readonly onConnections: (change: 1 | -1) => void;
}

/** A transport that listens. */
export interface TransportServer {
  readonly address: { readonly hostname: string; readonly port: number };
  /** Refuses calls from now on, lets running ones finish within `timeoutMs`, closes; 0 cuts at once. */
  close(timeoutMs: number): Promise<{ cut: boolean }>;
}

/** How long a connection may take to close after its last call. */
const LINGER_MS = 1000;

/** Starts a server. Rejects with `ListenError` when it cannot listen. */
export async function listenGrpcJs(options: GrpcJsServerOptions): Promise<TransportServer> {
  const { maxHeaderListBytes } = nativeLimits(options.limits);
  guardHttp2();
  const server = new grpc.Server({
    "grpc.max_receive_message_length": options.maxReceiveMessageBytes,
    // Replies are measured before they come here.
    "grpc.max_send_message_length": -1,
    "grpc.enable_channelz": 0,
    ...serverOptions(options.connections),
    interceptors: [takeOver(options.accept)],
  });
  acceptEveryPath(server);
  limitHeaders(server, maxHeaderListBytes);
  limitPings(server, options.connections.minPingIntervalMs);
  const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  const { hostname, port, tls, onConnectionError } = options;
  const onConnection = (socket: Socket) => injector.injectConnection(socket);
  const onError = (error: Error) => onConnectionError("socket", error);
  const onHandshakeError = (error: Error) => onConnectionError("tls", error);
  const accept = tls
    ? acceptTls({ ...tls, onConnection, onHandshakeError, onError })
    : onConnection;
  const listener = await listenTcp({
    hostname,
    port,
    onConnection(socket) {
      options.onConnections(1);
      socket.once("close", () => options.onConnections(-1));
      accept(socket);
    },
    onError,
  });
  return { address: listener.address, close: drainer(server, listener) };
}

/** An interceptor that takes calls out of grpc-js's hands as soon as they are there. */
function takeOver(accept: AcceptCall): ServerInterceptor {
  const intercept = (
    method: { path: string },
    call: ConstructorParameters<typeof GrpcJsServerWire>[1],
  ) => ({ start: () => new GrpcJsServerWire(method.path, call).start(accept) });
  // grpc-js asks for its own class by type, and for no more than `start` by its code.
  return intercept as unknown as ServerInterceptor;
}

interface RequestStream {
  readonly destroyed: boolean;
  respond(headers: Record<string, unknown>, options: { endStream: boolean }): void;
}

/** What we replace of grpc-js's `Server`. It is pinned to one version, and a test shows it works. */
interface ServerInternals {
  _retrieveHandler(path: string): object | null;
  _verifyContentType(stream: RequestStream, headers: Record<string, unknown>): boolean;
}

/**
 * Lets calls to paths that nobody serves through to us, since grpc-js would answer them unseen. Keeps
 * it from answering streams that are gone, which throws where nobody catches it; answers 415 to what
 * is no gRPC, for which it lacks a constant of node:http2.
 */
function acceptEveryPath(server: Server): void {
  const internals = server as unknown as ServerInternals;
  internals._retrieveHandler = (path) => ({
    path,
    // Of its four ways to run a handler the one that does least before it calls `start`.
    type: "bidi",
    func: () => {},
    serialize: (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    deserialize: (bytes: Uint8Array) => bytes,
  });
  internals._verifyContentType = (stream, headers) => {
    if (stream.destroyed) return false;
    limitTimeout(headers);
    if (isGrpc(headers["content-type"])) return true;
    stream.respond({ ":status": 415 }, { endStream: true });
    return false;
  };
}

function drainer(server: Server, listener: TcpListener): TransportServer["close"] {
  const late = Promise.withResolvers<"late">();
  const force = () => late.resolve("late");
  let closing: Promise<{ cut: boolean }> | undefined;

  async function drain(timeoutMs: number): Promise<{ cut: boolean }> {
    const timer = setTimeout(force, timeoutMs);
    const disconnected = listener.close();
    const answered = new Promise<"answered">((done) => server.tryShutdown(() => done("answered")));
    const outcome = await Promise.race([answered, late.promise]);
    if (outcome === "late") server.forceShutdown();
    // The last replies are on their way; but a peer may keep a connection half open for ever.
    const linger = setTimeout(force, LINGER_MS);
    await Promise.race([disconnected, late.promise]);
    clearTimeout(timer);
    clearTimeout(linger);
    listener.destroyAll();
    await disconnected;
    return { cut: outcome === "late" };
  }

  return (timeoutMs) => {
    if (timeoutMs <= 0) force();
    return closing ??= drain(timeoutMs);
  };
}
