/**
 * From flags to TLS, for a server and for a client.
 *
 * @module
 */
import { isIP } from "node:net";
import type { ClientTlsOptions, ServerTlsOptions } from "../rpc/tls/credentials.ts";
import { type ConfigOf, UsageError } from "./config.ts";
import type { connectionOptions, serverTlsOptions } from "./rpc_options.ts";

/** The server's TLS, if it has one. Throws UsageError where a part of it is missing. */
export function serverTls(
  { tlsCert: certFile, tlsKey: keyFile, tlsClientCa: clientCaFile }: ConfigOf<
    typeof serverTlsOptions
  >,
): ServerTlsOptions | undefined {
  checkPair(certFile, keyFile);
  if (certFile === undefined || keyFile === undefined) {
    if (clientCaFile === undefined) return undefined;
    throw new UsageError("--tls-client-ca (TLS_CLIENT_CA) needs --tls-cert and --tls-key");
  }
  return { certFile, keyFile, clientCaFile };
}

/** The client's TLS, if it has one. Throws UsageError where a part of it is missing. */
export function clientTls(
  { host, tls, tlsCa: caFile, tlsCert: certFile, tlsKey: keyFile, tlsServerName: serverName }:
    & ConfigOf<typeof connectionOptions>
    & { readonly host: string },
): ClientTlsOptions | undefined {
  checkPair(certFile, keyFile);
  const wanted = tls || [caFile, certFile, serverName].some((one) => one !== undefined);
  if (wanted && serverName === undefined && isIP(host) !== 0) {
    throw new UsageError(
      `--host (HOST) is the address ${host}: certificates are checked by name, so give a host with a ` +
        "name, or --tls-server-name",
    );
  }
  return wanted ? { caFile, certFile, keyFile, serverName } : undefined;
}

function checkPair(certFile: string | undefined, keyFile: string | undefined): void {
  if ((certFile === undefined) === (keyFile === undefined)) return;
  const [given, missing] = certFile === undefined
    ? ["--tls-key", "--tls-cert"]
    : ["--tls-cert", "--tls-key"];
  throw new UsageError(`${given} needs ${missing} too`);
}
