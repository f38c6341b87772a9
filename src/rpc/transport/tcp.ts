/**
 * Accepts connections without TLS.
 *
 * @module
 */
import { ListenError } from "../../net/listen_error.ts";
import type { GrpcJsServerOptions } from "../grpc_js/server.ts";
import type { ByteStream } from "./carrier.ts";

/** Options of {@linkcode listenTcp}. */
export interface ListenOptions
  extends Pick<GrpcJsServerOptions, "hostname" | "port" | "onConnections"> {
  /** Carries a connection; resolves when that has closed. */
  readonly carry: (stream: ByteStream, peer: string) => Promise<void>;
  /** Called when accepting a connection fails, or its handshake. Listening goes on. */
  readonly onConnectionError: (origin: "socket" | "tls", error: unknown) => void;
}

/** Something that accepts connections. */
export interface Listener {
  readonly address: { readonly hostname: string; readonly port: number };
  /** Stops accepting, and resolves when the port is free. */
  stop(): Promise<void> | void;
  /** Resolves when no connection waits to be carried any more, once it has stopped. */
  handedOver(): Promise<void>;
  /** Cuts those that wait. */
  cut(): void;
}

/** How long to wait when a connection could not be accepted: for file descriptors, for example. */
const PAUSE_MS = 20;

/** Listens. Throws `ListenError` where that cannot be done. */
export function listenTcp(options: ListenOptions): Listener {
  const { hostname, port, carry, onConnectionError, onConnections } = options;
  const listener = listen(hostname, port);
  let isClosed = false;

  async function take(connection: Deno.TcpConn): Promise<void> {
    try {
      connection.setNoDelay(true);
    } catch {
      // The peer has gone already, which reading will show.
    }
    onConnections(1);
    const { hostname, port } = connection.remoteAddr;
    await carry(connection, `${hostname}:${port}`);
    onConnections(-1);
  }

  async function acceptAll(): Promise<void> {
    while (!isClosed) {
      try {
        void take(await listener.accept());
      } catch (error) {
        if (isClosed) return;
        // A peer that has gone before it was accepted is no reason to stop, and none to wait.
        onConnectionError("socket", error);
        const { NotConnected, ConnectionReset } = Deno.errors;
        if (error instanceof NotConnected || error instanceof ConnectionReset) continue;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  const accepting = acceptAll();
  const { addr } = listener;
  return {
    address: { hostname: addr.hostname, port: addr.port },
    stop() {
      listener.close();
      isClosed = true;
      return accepting;
    },
    handedOver: () => accepting,
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
