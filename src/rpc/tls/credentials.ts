/**
 * TLS for server and client: which files, and what happens when they change.
 *
 * @module
 */
import type { Logger } from "../../logging/logger.ts";
import {
  type Certificates,
  type Identity,
  parseAuthorities,
  parseIdentity,
} from "./certificate.ts";
import { CredentialsError } from "./credentials_error.ts";
import { readPem } from "./files.ts";
import {
  type Credentials,
  keepUpToDate,
  type TlsMaterial,
  type TlsReloadOptions,
} from "./reload.ts";

export { CredentialsError };

/**
 * TLS of a server, 1.2 or newer, with ALPN `h2`. Files are in PEM. When they change, new connections
 * get what is new; connections and calls that are there go on. What cannot be used is logged and
 * counted, and what was there stays in use.
 */
export interface ServerTlsOptions extends TlsReloadOptions {
  /** The certificate, the chain that leads to its authority after it. */
  readonly certFile: string;
  /** Its private key, not encrypted. */
  readonly keyFile: string;
  /**
   * The authorities whose clients may connect: with it clients must show a certificate (mTLS),
   * without it they are not asked for one.
   */
  readonly clientCaFile?: string | undefined;
  /**
   * How long a client may take from the TCP connection to the end of the TLS handshake, in
   * milliseconds. Default 10 s; gRPC core's `grpc.server_handshake_timeout_ms`.
   */
  readonly handshakeTimeoutMs?: number;
}

/** TLS of a client. Files are in PEM; when they change, connections made after that use them. */
export interface ClientTlsOptions extends TlsReloadOptions {
  /**
   * The authorities of servers. Default those that Deno trusts: Mozilla's, or the system's where
   * the environment of the process has `DENO_TLS_CA_STORE=system`.
   */
  readonly caFile?: string | undefined;
  /** The certificate to show to a server that asks for one; with `keyFile` or not at all. */
  readonly certFile?: string | undefined;
  /** Its private key, not encrypted. */
  readonly keyFile?: string | undefined;
  /**
   * The name to ask for and to expect in the server's certificate, in place of the target's host.
   * gRPC core's `grpc.ssl_target_name_override`.
   */
  readonly serverName?: string | undefined;
}

/** Default of `handshakeTimeoutMs`. */
export const DEFAULT_HANDSHAKE_TIMEOUT_MS = 10_000;

/** Reads the credentials of a server and keeps them up to date. Throws {@linkcode CredentialsError}. */
export function serverCredentials(
  options: ServerTlsOptions,
  log: Logger,
): Credentials<TlsMaterial & { identity: Identity }> {
  const { certFile, keyFile, clientCaFile } = options;
  return keepUpToDate("server", [certFile, keyFile, clientCaFile], options, log, (now) => ({
    identity: readIdentity(certFile, keyFile, now),
    authorities: readAuthorities(clientCaFile, now),
  }));
}

/**
 * Reads the credentials of a client and keeps them up to date. Throws {@linkcode CredentialsError},
 * or TypeError for a certificate without a key.
 */
export function clientCredentials(options: ClientTlsOptions, log: Logger): Credentials {
  const { certFile, keyFile, caFile } = options;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new TypeError("Cannot use TLS: certFile and keyFile must be given together");
  }
  return keepUpToDate("client", [certFile, keyFile, caFile], options, log, (now) => ({
    identity: certFile === undefined || keyFile === undefined
      ? undefined
      : readIdentity(certFile, keyFile, now),
    authorities: readAuthorities(caFile, now),
  }));
}

function readIdentity(certFile: string, keyFile: string, now: number): Identity {
  return parseIdentity(readPem(certFile, "certificate"), readPem(keyFile, "private key"), now);
}

function readAuthorities(file: string | undefined, now: number): Certificates | undefined {
  return file === undefined ? undefined : parseAuthorities(readPem(file, "CA certificates"), now);
}
