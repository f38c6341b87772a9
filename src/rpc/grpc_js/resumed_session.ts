/**
 * Workaround: verifies the certificate of a client whose TLS session is resumed.
 *
 * **What goes wrong**: the TLS of Deno keeps one store of sessions for all servers of a process, and
 * where a client resumes one, looks at no certificate again, whatever `rejectUnauthorized` says. So
 * a client is let in whose authority was taken away or whose certificate has expired; and one
 * without any certificate, if another TLS server of the process gave it a session. Sessions can be
 * neither turned off nor told apart: `secureOptions`, `sessionTimeout`, `sessionIdContext` and
 * `setTicketKeys()` change nothing.
 *
 * **Proof**: `tls_resumption_test.ts` enters a server with `rejectUnauthorized` by such a session.
 *
 * **Delete this file** when the test "… (the fault is still there)" fails on a newer Deno.
 *
 * @module
 */
import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";

/** No real chain is longer. */
const MAX_CHAIN_LENGTH = 10;

/**
 * Why the client of `socket` is not to be trusted, or undefined when it is: a full handshake has been
 * verified already, a resumed one is here, against the `authorities` and the time of now. How far an
 * authority may go (constraints, purposes) was verified when the session began.
 */
export function reasonForDistrust(
  socket: TLSSocket,
  authorities: readonly X509Certificate[],
): string | undefined {
  if (!socket.isSessionReused()) {
    return socket.authorized ? undefined : "The peer's certificate was not verified";
  }
  const leaf = socket.getPeerX509Certificate();
  if (leaf === undefined) return "The peer resumes a session that began without a certificate";
  if (leadsTo(authorities, leaf, Date.now())) return undefined;
  return "The peer resumes a session that began with a certificate that is not accepted any more";
}

function leadsTo(
  authorities: readonly X509Certificate[],
  leaf: X509Certificate,
  now: number,
): boolean {
  const isValid = ({ validFrom, validTo }: X509Certificate) =>
    now >= Date.parse(validFrom) && now < Date.parse(validTo);
  const isIssuedBy = (issuer: X509Certificate, issued: X509Certificate) =>
    isValid(issuer) && issued.checkIssued(issuer) && issued.verify(issuer.publicKey);

  let certificate = leaf;
  for (let length = 1; length <= MAX_CHAIN_LENGTH && isValid(certificate); length++) {
    if (authorities.some((authority) => isIssuedBy(authority, certificate))) return true;
    const issuer: X509Certificate | undefined = certificate.issuerCertificate;
    if (issuer === undefined || !isIssuedBy(issuer, certificate)) return false;
    certificate = issuer;
  }
  return false;
}
