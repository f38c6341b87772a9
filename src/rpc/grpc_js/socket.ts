/**
 * Workaround: accepts connections in place of grpc-js, and joins what node:http2 writes to each.
 *
 * **What it works around**: node:http2 of Deno gives every HTTP/2 frame to the socket by itself, so
 * a unary reply costs several system calls; on a busy server they are a third of the time. And
 * grpc-js can neither share a port between processes nor say in words why it cannot listen.
 *
 * **Proof**: `socket_bench.ts` compares a grpc-js server that binds its port with one behind this.
 *
 * **Delete** {@linkcode coalesceWrites} when that comparison shows no gain on a newer Deno.
 *
 * @module
 */
import { createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { formatAddress } from "../../net/address.ts";
import { ListenError } from "../../net/listen_error.ts";

/** Options of {@linkcode coalesceWrites}. */
export interface CoalesceOptions {
  /**
   * How many bytes may wait for a peer that does not read; with more, the socket is destroyed.
   * node:http2 ignores back-pressure, so nothing else bounds them. Default 32 MiB: twice the
   * largest flow-control window that common gRPC clients open.
   */
  readonly maxPendingBytes?: number;
}

const DEFAULT_MAX_PENDING_BYTES = 32 * 1024 * 1024;

/**
 * Joins writes that follow each other closely into one (vectored) write, in place, and returns the
 * same `socket`: TCP, TLS, or any duplex with `_writev`. Nothing else changes: order, callbacks,
 * back-pressure, and that `end()` and `destroy()` come after what was written before them.
 */
export function coalesceWrites<S extends Duplex>(socket: S, options: CoalesceOptions = {}): S {
  const { maxPendingBytes = DEFAULT_MAX_PENDING_BYTES } = options;
  const { write, destroy } = socket;
  let corked = false;

  function flush(): void {
    if (!corked) return;
    corked = false;
    socket.uncork();
  }

  socket.write = function (...args: unknown[]): boolean {
    if (!corked && !socket.destroyed) {
      corked = true;
      socket.cork();
      // node:http2 sends trailers from an immediate: one turn more joins them with their message.
      setImmediate(() => setImmediate(flush));
    }
    const more: boolean = Reflect.apply(write, socket, args);
    if (socket.writableLength > maxPendingBytes) {
      Reflect.apply(destroy, socket, [tooMuchPending(socket.writableLength, maxPendingBytes)]);
    }
    return more;
  };

  socket.destroy = function (error?: Error): S {
    if (!socket.destroyed) flush();
    return Reflect.apply(destroy, socket, [error]);
  };
  return socket;
}

function tooMuchPending(pending: number, limit: number): Error {
  return new Error(
    `Cannot keep a connection whose peer does not read: ${pending} bytes wait, limit is ${limit}`,
  );
}

/** Options of {@linkcode listenTcp}. */
export interface ListenOptions extends CoalesceOptions {
  /** An address or a name of this machine. */
  readonly hostname: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Whether other processes may listen on the same port, to share its connections. */
  readonly reusePort?: boolean;
  /** Takes a new connection over; its writes are joined already. If it throws, it is cut. */
  readonly onConnection: (socket: Socket) => void;
  /** Called for every error of a connection, and when accepting one fails. Listening goes on. */
  readonly onError: (error: Error) => void;
}

/** What {@linkcode listenTcp} returns. */
export interface TcpListener {
  /** Where it listens, with the port that the system chose. */
  readonly address: Deno.NetAddr;
  /** How many connections are open. */
  connections(): number;
  /**
   * Stops accepting at once and frees the port; resolves when the last connection has closed, which
   * a peer can put off for ever: see `destroyAll()`.
   */
  close(): Promise<void>;
  /** Cuts every connection. */
  destroyAll(): void;
}

/** Listens, and rejects with a {@linkcode ListenError} where that cannot be done. */
export async function listenTcp(options: ListenOptions): Promise<TcpListener> {
  const { hostname, port, reusePort = false, onConnection, onError } = options;
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on("error", onError);
    socket.once("close", () => open.delete(socket));
    try {
      onConnection(coalesceWrites(socket, options));
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  const bound = Promise.withResolvers<void>();
  server.once("error", bound.reject);
  try {
    // Where permission is missing, node:net throws outside of any call: find out before.
    const host = formatAddress({ hostname, port });
    const { state } = await Deno.permissions.request({ name: "net", host });
    if (state !== "granted") throw new Deno.errors.NotCapable(`Requires net access to "${host}"`);
    server.listen({ host: hostname, port, reusePort }, bound.resolve);
    await bound.promise;
  } catch (cause) {
    throw new ListenError({ hostname, port, cause });
  }
  server.on("error", onError);

  const at = server.address();
  if (at === null || typeof at === "string") throw new TypeError("a TCP server has no TCP address");
  let closed: Promise<void> | undefined;
  return {
    address: { transport: "tcp", hostname: at.address, port: at.port },
    connections: () => open.size,
    close: () => closed ??= new Promise((resolve) => server.close(() => resolve())),
    destroyAll() {
      for (const socket of open) socket.destroy();
    },
  };
}
