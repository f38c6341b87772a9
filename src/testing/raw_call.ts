/**
 * Both ends of a gRPC call by hand, over node:http2, to send what no gRPC library would.
 *
 * @module
 */
import http2 from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { guardHttp2 } from "../rpc/grpc_js/http2_guard.ts";
import { statusName } from "../rpc/status.ts";

/** What a call is made of; by default a sound one that sends nothing. */
export interface RawRequest {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole gRPC frames; see {@linkcode message}. */
  readonly body?: readonly Uint8Array[];
  /** Whether the request ends after its body. Default true. */
  readonly end?: boolean;
  /** Whether replies are taken. Default true. */
  readonly reads?: boolean;
}

/** A call that is on its way. */
export interface RawCall {
  readonly stream: http2.ClientHttp2Stream;
  /** The status that came, such as `OK` or `HTTP 415`; `nothing` when the call ended without. */
  readonly status: Promise<string>;
}

/** A connection to a server. */
export interface RawPeer extends AsyncDisposable {
  call(request: RawRequest): RawCall;
  /** Cuts the connection. */
  kill(): void;
}

/** A gRPC message as it is on the wire; flag 1 says that it is compressed. */
export function message(bytes: Uint8Array, flag = 0): Uint8Array {
  const framed = new Uint8Array(5 + bytes.length);
  framed[0] = flag;
  new DataView(framed.buffer).setUint32(1, bytes.length);
  framed.set(bytes, 5);
  return framed;
}

/** Connects to a server on this machine. */
export function rawPeer(port: number): RawPeer {
  guardHttp2();
  const session = http2.connect(`http://127.0.0.1:${port}`);
  session.on("error", () => {});
  const closed = new Promise<void>((resolve) => session.once("close", () => resolve()));
  return {
    call: (request) => rawCall(session, request),
    kill: () => session.destroy(),
    async [Symbol.asyncDispose]() {
      session.destroy();
      await closed;
    },
  };
}

function rawCall(session: http2.ClientHttp2Session, request: RawRequest): RawCall {
  const { path, headers = {}, body = [], end = true, reads = true } = request;
  const stream = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
    ...headers,
  });
  const status = Promise.withResolvers<string>();
  const take = (headers: http2.IncomingHttpHeaders) => {
    const code = headers["grpc-status"];
    if (code !== undefined) status.resolve(statusName(Number(code)));
    else if ((headers[":status"] ?? 200) !== 200) status.resolve(`HTTP ${headers[":status"]}`);
  };
  stream.on("error", () => {});
  stream.on("response", take);
  stream.on("trailers", take);
  stream.once("close", () => status.resolve("nothing"));
  if (reads) stream.on("data", () => {});
  for (const chunk of body) stream.write(chunk);
  if (end) stream.end();
  return { stream, status: status.promise };
}

/** A server that answers every call as it is told. */
export interface RawServer extends AsyncDisposable {
  readonly port: number;
  /** Cuts all connections. */
  kill(): void;
}

/** Starts a server that gives each call to `answer` once its headers have come. */
export async function rawServer(
  answer: (stream: http2.ServerHttp2Stream) => void,
): Promise<RawServer> {
  guardHttp2();
  const sockets = new Set<Socket>();
  const server = http2.createServer();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("session", (session) => session.on("error", () => {}));
  const kill = () => sockets.forEach((socket) => socket.destroy());
  server.on("stream", (stream) => {
    stream.on("error", () => {});
    answer(stream as http2.ServerHttp2Stream);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    kill,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      kill();
      await closed;
    },
  };
}

/** Answers with these messages and this status. */
export function answerWith(
  stream: http2.ServerHttp2Stream,
  body: readonly Uint8Array[],
  status: number,
): void {
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": String(status) }));
  for (const chunk of body) stream.write(chunk);
  stream.end();
}
