/**
 * The server of grpc-js as a transport: listens, hands each call on, drains.
 *
 * @module
 */
import type { ServerInterceptor } from "@grpc/grpc-js";
import type { AcceptCall } from "../wire.ts";
import { guardHttp2 } from "./http2_guard.ts";
import { grpc, type Server } from "./load.ts";
import { GrpcJsServerWire } from "./server_wire.ts";
import { listenTcp, type TcpListener } from "./socket.ts";

/** Options of {@linkcode listenGrpcJs}. */
export interface GrpcJsServerOptions {
  readonly hostname: string;
  readonly port: number;
  readonly maxReceiveMessageBytes: number;
  readonly accept: AcceptCall;
  /** Called for every error of a connection. */
  readonly onConnectionError: (error: Error) => void;
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
  guardHttp2();
  const server = new grpc.Server({
    "grpc.max_receive_message_length": options.maxReceiveMessageBytes,
    // Replies are measured before they come here.
    "grpc.max_send_message_length": -1,
    "grpc.enable_channelz": 0,
    interceptors: [takeOver(options.accept)],
  });
  acceptEveryPath(server);
  const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  const listener = await listenTcp({
    hostname: options.hostname,
    port: options.port,
    onConnection: (socket) => injector.injectConnection(socket),
    onError: options.onConnectionError,
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

/** What we replace of grpc-js's `Server`. It is pinned to one version, and a test shows it works. */
interface ServerInternals {
  _retrieveHandler(path: string): object | null;
  _verifyContentType(stream: { destroyed: boolean }, headers: object): boolean;
}

/**
 * Lets calls to paths that nobody serves through to us, since grpc-js would answer them unseen; and
 * keeps it from answering streams that are gone, which throws where nobody catches it.
 */
function acceptEveryPath(server: Server): void {
  const internals = server as unknown as ServerInternals;
  const verifyContentType = internals._verifyContentType;
  internals._retrieveHandler = (path) => ({
    path,
    // Of its four ways to run a handler the one that does least before it calls `start`.
    type: "bidi",
    func: () => {},
    serialize: (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    deserialize: (bytes: Uint8Array) => bytes,
  });
  internals._verifyContentType = (stream, headers) =>
    !stream.destroyed && verifyContentType.call(server, stream, headers);
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
