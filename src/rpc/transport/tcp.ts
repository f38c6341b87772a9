/**
 * Accepts connections without TLS.
 *
 * @module
 */
import { ListenError } from "../../net/listen_error.ts";
import type { ByteStream } from "./byte_stream.ts";

/** Options of {@linkcode listenTcp}. */
export interface ListenOptions {
  readonly hostname: string;
  readonly port: number;
  /** Carries a connection; resolves when that has closed. */
  readonly carry: (stream: ByteStream, peer: string) => Promise<void>;
  /** Called when accepting one fails. Listening goes on. */
  readonly onError: (error: unknown) => void;
  /** Called with 1 for every connection that opens, with -1 when it has closed. */
  readonly onConnections: (change: 1 | -1) => void;
}

/** Something that accepts connections. */
export interface Listener {
  readonly address: { readonly hostname: string; readonly port: number };
  /** Stops accepting, and resolves when the port is free. */
  stop(): Promise<void>;
  /** Resolves when the last connection has closed, once it has stopped. */
  closed(): Promise<void>;
  /** Cuts the connections that are not carried yet. */
  cut(): void;
}

/** How long to wait when a connection could not be accepted: for file descriptors, for example. */
const PAUSE_MS = 20;

/** Listens. Throws `ListenError` where that cannot be done. */
export function listenTcp(options: ListenOptions): Listener {
  const { hostname, port, carry, onError, onConnections } = options;
  const listener = listen(hostname, port);
  const carried = new Set<Promise<void>>();
  let isClosed = false;

  function take(connection: Deno.TcpConn): void {
    try {
      connection.setNoDelay(true);
    } catch {
      // The peer has gone already, which reading will show.
    }
    onConnections(1);
    const { remoteAddr: { hostname, port } } = connection;
    const carrying = carry(connection, `${hostname}:${port}`).finally(() => {
      onConnections(-1);
      carried.delete(carrying);
    });
    carried.add(carrying);
  }

  async function acceptAll(): Promise<void> {
    while (!isClosed) {
      try {
        take(await listener.accept());
      } catch (error) {
        if (isClosed) return;
        // A peer that has gone before it was accepted is no reason to stop, and none to wait.
        onError(error);
        if (error instanceof Deno.errors.NotConnected) continue;
        if (error instanceof Deno.errors.ConnectionReset) continue;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  const accepting = acceptAll();
  const { addr } = listener;
  return {
    address: { hostname: addr.hostname, port: addr.port },
    async stop() {
      listener.close();
      isClosed = true;
      await accepting;
    },
    async closed() {
      await Promise.all(carried);
    },
    cut() {},
  };
}

function listen(hostname: string, port: number): Deno.TcpListener {
  try {
    return Deno.listen({ hostname, port });
  } catch (cause) {
    throw new ListenError({ hostname, port, cause });
  }
}
