/**
 * Which name a server's certificate is checked by.
 *
 * @module
 */
import { isIP } from "node:net";

/** `dns:`, `dns://authority/`, `ipv4:` and `ipv6:` of gRPC's naming. */
const SCHEME = /^(?:dns:(?:\/\/[^/]*\/)?|ipv[46]:)/;

/**
 * Throws TypeError where the host of a `target` is an address and no `serverName` stands in for it:
 * grpc-js always names the host to node:tls, and that of Deno takes no address for a name, so that no
 * connection would ever succeed.
 */
export function requireServerName(target: string, serverName: string | undefined): void {
  if (serverName !== undefined) return;
  const authority = target.replace(SCHEME, "");
  const host = /^\[([^\]]*)\]/.exec(authority)?.[1] ?? authority.replace(/:\d+(?:,.*)?$/, "");
  if (isIP(host) === 0 && isIP(authority) === 0) return;
  throw new TypeError(
    `Cannot check the certificate of ${authority}: certificates are checked by name, so give a target ` +
      "with a name, or tls.serverName",
  );
}
