/**
 * What is in PEM files: certificates and private keys, checked before anything is built on them.
 * node:tls of Deno takes whatever text it is given without a word, and then fails every handshake;
 * so everything that can be wrong with a file is found here.
 *
 * @module
 */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { CredentialsError, type CredentialsPurpose } from "./credentials_error.ts";
import { describePem, pemBlocks, type PemFile } from "./pem.ts";

/** Certificates of one file, checked. */
export interface Certificates {
  readonly path: string;
  /** The certificates alone, in PEM. */
  readonly pem: string;
  /** The same, parsed. */
  readonly all: readonly X509Certificate[];
  readonly subject: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
}

/** A certificate with the key that belongs to it. */
export interface Identity extends Certificates {
  /** The private key alone, in PEM. */
  readonly key: string;
}

/**
 * Reads the certificate that one shows to a peer, its chain after it, and its key. Both may be in one
 * file. Times are those of the certificate itself; chains end in expired roots now and then.
 *
 * Throws {@linkcode CredentialsError} where a peer would refuse it at `now`.
 */
export function parseIdentity(certificate: PemFile, key: PemFile, now: number): Identity {
  const chain = parseCertificates(certificate, "certificate");
  const leaf = chain[0] as Parsed;
  requireValid(certificate.path, "certificate", leaf.x509, now);
  const { pem, object } = parseKey(key);
  if (!leaf.x509.checkPrivateKey(object)) {
    throw new CredentialsError({
      path: key.path,
      purpose: "private key",
      found: "a key of another certificate",
      expected: `the key of '${certificate.path}' (${subjectOf(leaf.x509)})`,
    });
  }
  return { ...summary(certificate.path, chain, leaf), key: pem };
}

/**
 * Reads the certificates of authorities. Times are those of the one that lasts longest: while
 * authorities are rotated, a file has old ones and new ones.
 *
 * Throws {@linkcode CredentialsError} when there is none, or none that is valid at `now`.
 */
export function parseAuthorities(file: PemFile, now: number): Certificates {
  const all = parseCertificates(file, "CA certificates");
  const last = all.reduce((a, b) => notAfter(b.x509) > notAfter(a.x509) ? b : a);
  requireValid(file.path, "CA certificates", last.x509, now);
  return summary(file.path, all, last);
}

interface Parsed {
  readonly pem: string;
  readonly x509: X509Certificate;
}

function summary(path: string, all: readonly Parsed[], { x509 }: Parsed): Certificates {
  return {
    path,
    pem: all.map(({ pem }) => pem).join("\n"),
    all: all.map(({ x509 }) => x509),
    subject: subjectOf(x509),
    serial: x509.serialNumber,
    notBefore: Date.parse(x509.validFrom),
    notAfter: notAfter(x509),
  };
}

function subjectOf({ subject }: X509Certificate): string {
  return subject ? subject.replaceAll("\n", ", ") : "no subject";
}

function notAfter({ validTo }: X509Certificate): number {
  return Date.parse(validTo);
}

function parseCertificates(file: PemFile, purpose: CredentialsPurpose): [Parsed, ...Parsed[]] {
  const wrong = { path: file.path, purpose, expected: "certificates in PEM" };
  const blocks = pemBlocks(file.text);
  const [first, ...rest] = blocks.filter(({ label }) => label === "CERTIFICATE").map(({ pem }) => {
    try {
      return { pem, x509: new X509Certificate(pem) };
    } catch (cause) {
      throw new CredentialsError({ ...wrong, found: "a certificate that cannot be read", cause });
    }
  });
  if (first === undefined) {
    throw new CredentialsError({ ...wrong, found: describePem(file, blocks) });
  }
  return [first, ...rest];
}

/** What the TLS of Deno can sign with. */
const KEYS = "an RSA key of 2048 bits or more, an EC key on P-256, P-384 or P-521, or Ed25519";
const CURVES = ["prime256v1", "secp384r1", "secp521r1"];

function parseKey(file: PemFile): { pem: string; object: KeyObject } {
  const wrong = { path: file.path, purpose: "private key" } as const;
  const expected = "a private key in PEM that is not encrypted";
  const blocks = pemBlocks(file.text);
  const pem = blocks.find(({ label }) => label.endsWith("PRIVATE KEY"))?.pem;
  if (pem === undefined) {
    throw new CredentialsError({ ...wrong, found: describePem(file, blocks), expected });
  }
  if (/ENCRYPTED/.test(pem)) {
    throw new CredentialsError({ ...wrong, found: "an encrypted key", expected });
  }
  let object: KeyObject;
  try {
    object = createPrivateKey(pem);
  } catch (cause) {
    throw new CredentialsError({ ...wrong, found: "a key that cannot be read", expected, cause });
  }
  const { asymmetricKeyType: type = "unknown", asymmetricKeyDetails: details = {} } = object;
  const { modulusLength = 0, namedCurve = "" } = details;
  const usable = type === "ed25519" || type === "rsa" && modulusLength >= 2048 ||
    type === "ec" && CURVES.includes(namedCurve);
  if (!usable) {
    const found = ["a key of the type", type, namedCurve || modulusLength || ""].join(" ").trim();
    throw new CredentialsError({ ...wrong, found, expected: KEYS });
  }
  return { pem, object };
}

function requireValid(
  path: string,
  purpose: CredentialsPurpose,
  x509: X509Certificate,
  now: number,
): void {
  const from = Date.parse(x509.validFrom);
  const to = notAfter(x509);
  if (now >= from && now < to) return;
  const day = (time: number) => new Date(time).toISOString();
  throw new CredentialsError({
    path,
    purpose,
    found: `${subjectOf(x509)}, ${now < from ? `valid from ${day(from)}` : `expired ${day(to)}`}`,
    expected: `one that is valid now, ${day(now)}`,
  });
}
