/**
 * TLS between the sockets that a server accepts and grpc-js, which sees connections without TLS:
 * so writes are joined before they are encrypted, and certificates change under way.
 *
 * @module
 */
import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { Identity } from "../tls/certificate.ts";
import type { Credentials, TlsMaterial } from "../tls/reload.ts";
import { reasonForDistrust } from "./resumed_session.ts";
import { coalesceWrites } from "./socket.ts";

/** TLS of a server, with its files read. */
export interface ServerTls {
  readonly credentials: Credentials<TlsMaterial & { readonly identity: Identity }>;
  readonly handshakeTimeoutMs: number;
}

/** Options of {@linkcode acceptTls}. */
export interface AcceptTlsOptions extends ServerTls {
  /** Takes a connection over once the handshake is done. */
  readonly onConnection: (socket: TLSSocket) => void;
  /** Called when a handshake fails, with the peer's or our reason; the connection is cut. */
  readonly onHandshakeError: (error: Error) => void;
  /** Called for every error of a connection after its handshake. */
  readonly onError: (error: Error) => void;
}

/** Returns what starts the handshake on a socket. */
export function acceptTls(options: AcceptTlsOptions): (socket: Socket) => void {
  const { credentials, handshakeTimeoutMs, onConnection, onHandshakeError, onError } = options;
  const server = createServer({
    ...contextOf(credentials.current),
    // Deno counts it from the connection to the end of the handshake, drop by drop or not.
    handshakeTimeout: handshakeTimeoutMs,
    ALPNProtocols: ["h2"],
    // With both, Deno asks for and verifies a certificate; which authorities is up to the context.
    requestCert: credentials.current.authorities !== undefined,
    rejectUnauthorized: credentials.current.authorities !== undefined,
  }, (socket) => {
    socket.on("error", onError);
    const reason = reasonToRefuse(socket, credentials.current);
    if (reason === undefined) return onConnection(coalesceWrites(socket));
    onHandshakeError(new Error(reason));
    socket.destroy();
  });
  server.on("tlsClientError", (error, socket) => {
    if (!hasLeftUnheard(error, socket)) onHandshakeError(error);
    socket.destroy();
  });
  credentials.onChange((material) => server.setSecureContext(contextOf(material)));
  return (socket) => void server.emit("connection", socket);
}

/** Why a connection is refused although its handshake was done. */
function reasonToRefuse(socket: TLSSocket, { authorities }: TlsMaterial): string | undefined {
  // A client that offers other protocols has been refused before; this one offered none.
  if (socket.alpnProtocol !== "h2") return "The peer does not offer the protocol h2 (ALPN)";
  return authorities && reasonForDistrust(socket, authorities.all);
}

function contextOf({ identity, authorities }: TlsMaterial & { readonly identity: Identity }) {
  return {
    cert: identity.pem,
    key: identity.key,
    // Without any, every root that Deno knows would be named to the client: more than OpenSSL reads.
    ca: authorities === undefined ? [] : [authorities.pem],
    minVersion: "TLSv1.2",
  } as const;
}

/** A probe of the port (`tcpSocket` of Kubernetes, a load balancer) connects and leaves: no error. */
function hasLeftUnheard(error: NodeJS.ErrnoException, socket: TLSSocket): boolean {
  const { _parent: tcp } = socket as { _parent?: Socket };
  return error.code === "ECONNRESET" && tcp?.bytesRead === 0;
}
