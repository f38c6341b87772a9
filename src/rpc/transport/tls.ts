/**
 * Accepts connections with TLS: by node:tls, since `Deno.listenTls` can neither ask clients for a
 * certificate nor take a new certificate of its own while it listens.
 *
 * @module
 */
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { listenTcp as listenNode } from "../grpc_js/socket.ts";
import { acceptTls, type ServerTls } from "../grpc_js/tls.ts";
import type { ByteStream } from "./carrier.ts";
import type { Listener, ListenOptions } from "./tcp.ts";

/** Listens. Rejects with `ListenError` where that cannot be done. */
export async function listenTls(options: ListenOptions & { tls: ServerTls }): Promise<Listener> {
  const { hostname, port, tls, carry, onConnectionError, onConnections } = options;
  const onError = (error: Error) => onConnectionError("socket", error);
  const accept = acceptTls({
    ...tls,
    onConnection(socket) {
      void carry(new SocketStream(socket), `${socket.remoteAddress}:${socket.remotePort}`);
    },
    onHandshakeError: (error) => onConnectionError("tls", error),
    onError,
  });
  const listener = await listenNode({
    hostname,
    port,
    onConnection(socket: Socket) {
      onConnections(1);
      socket.once("close", () => onConnections(-1));
      accept(socket);
    },
    onError,
  });
  return {
    address: listener.address,
    // The port is free at once.
    stop: () => void listener.close(),
    handedOver: () => listener.close(),
    cut: () => listener.destroyAll(),
  };
}

const NOTHING = new Uint8Array();

/** A socket of Node as a stream of bytes: it flows while a read waits. */
class SocketStream implements ByteStream {
  readonly #socket: TLSSocket;
  /** What has come and was not read yet. */
  #chunk: Uint8Array = NOTHING;
  #arrived: (chunk: Uint8Array) => void = () => {};

  constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.on("data", (chunk: Uint8Array) => {
      socket.pause();
      this.#arrived(chunk);
    });
    const over = () => this.#arrived(NOTHING);
    socket.once("end", over);
    socket.once("close", over);
    socket.pause();
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    const socket = this.#socket;
    if (this.#chunk.length === 0 && !socket.readableEnded && !socket.destroyed) {
      this.#chunk = await new Promise((resolve) => {
        this.#arrived = resolve;
        socket.resume();
      });
    }
    if (this.#chunk.length === 0) return null;
    const chunk = this.#chunk;
    const part = chunk.subarray(0, buffer.length);
    buffer.set(part);
    this.#chunk = part.length < chunk.length ? chunk.subarray(part.length) : NOTHING;
    return part.length;
  }

  write(bytes: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#socket.once("close", reject);
      this.#socket.write(bytes, (error) => {
        this.#socket.off("close", reject);
        if (error) reject(error);
        else resolve(bytes.length);
      });
    });
  }

  closeWrite(): Promise<void> {
    return new Promise((resolve) => this.#socket.end(() => resolve()));
  }

  close(): void {
    this.#socket.destroy();
  }
}
