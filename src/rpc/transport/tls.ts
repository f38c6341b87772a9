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
import type { ByteStream } from "./byte_stream.ts";
import type { Listener, ListenOptions } from "./tcp.ts";

/** Options of {@linkcode listenTls}. */
export interface ListenTlsOptions extends ListenOptions {
  readonly tls: ServerTls;
  /** Called when a handshake fails, with the peer's or our reason. */
  readonly onHandshakeError: (error: Error) => void;
}

/** Listens. Rejects with `ListenError` where that cannot be done. */
export async function listenTls(options: ListenTlsOptions): Promise<Listener> {
  const { hostname, port, tls, carry, onError, onConnections, onHandshakeError } = options;
  const carried = new Set<Promise<void>>();
  const accept = acceptTls({
    ...tls,
    onConnection(socket) {
      const peer = `${socket.remoteAddress}:${socket.remotePort}`;
      const carrying = carry(new SocketStream(socket), peer)
        .finally(() => carried.delete(carrying));
      carried.add(carrying);
    },
    onHandshakeError,
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
    stop() {
      // The port is free at once.
      void listener.close();
      return Promise.resolve();
    },
    async closed() {
      await listener.close();
      await Promise.all(carried);
    },
    cut: () => listener.destroyAll(),
  };
}

/** A socket of Node as a stream of bytes. */
class SocketStream implements ByteStream {
  readonly #socket: TLSSocket;
  /** What has come and was not read yet. */
  #chunk: Uint8Array | undefined;
  #isOver = false;
  #resume: (() => void) | undefined;

  constructor(socket: TLSSocket) {
    this.#socket = socket;
    const over = () => {
      this.#isOver = true;
      this.#resume?.();
    };
    socket.on("data", (chunk: Uint8Array) => {
      socket.pause();
      this.#chunk = chunk;
      this.#resume?.();
    });
    socket.once("end", over);
    socket.once("close", over);
    socket.pause();
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    if (this.#chunk === undefined && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
        this.#socket.resume();
      });
      this.#resume = undefined;
    }
    const chunk = this.#chunk;
    if (chunk === undefined) return null;
    const part = chunk.subarray(0, buffer.length);
    buffer.set(part);
    this.#chunk = part.length < chunk.length ? chunk.subarray(part.length) : undefined;
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
