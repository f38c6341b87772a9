import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { testAuthority } from "../../testing/certificates.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { parseAuthorities, parseIdentity } from "./certificate.ts";
import { CredentialsError } from "./credentials_error.ts";
import type { PemFile } from "./pem.ts";

const file = (path: string): PemFile => ({ path, text: Deno.readTextFileSync(path) });
const pem = (text: string): PemFile => ({ path: "a.pem", text });

/** What is said of files that cannot be used. */
function complaint(fn: () => unknown): string {
  return assertThrows(fn, CredentialsError).message;
}

testWithProgram(
  "openssl",
  "parseIdentity() tells whose certificate it is and when it is valid",
  async (openssl) => {
    await using authority = await testAuthority(openssl);
    const { certFile, keyFile } = await authority.issue("server", { days: 90 });
    const identity = parseIdentity(file(certFile), file(keyFile), Date.now());
    assertEquals([identity.path, identity.subject], [certFile, "CN=server"]);
    assertEquals(identity.notAfter - identity.notBefore, 90 * 24 * 3_600_000);
  },
);

testWithProgram(
  "openssl",
  "parseIdentity() takes certificate, chain and key out of one file",
  async (openssl) => {
    await using authority = await testAuthority(openssl);
    const { certFile, keyFile } = await authority.issue("server");
    const texts = [keyFile, certFile, authority.caFile].map((path) => file(path).text);
    const all = pem(`a comment\n${texts.join("and another\n")}`);
    const { subject, pem: chain, key } = parseIdentity(all, all, Date.now());
    assertEquals([subject, chain.match(/BEGIN CERTIFICATE/g)?.length], ["CN=server", 2]);
    assertStringIncludes(key, "-----BEGIN PRIVATE KEY-----");
  },
);

testWithProgram(
  "openssl",
  "parseIdentity() says what is wrong with a certificate",
  async (openssl) => {
    await using authority = await testAuthority(openssl);
    const { certFile, keyFile } = await authority.issue("server");
    const key = file(keyFile);
    const of = (certificate: PemFile, now = Date.now()) =>
      complaint(() => parseIdentity(certificate, key, now));
    assertEquals(
      of(pem("")),
      "Cannot use 'a.pem' as TLS certificate: found an empty file, expected certificates in PEM",
    );
    assertStringIncludes(of(pem("hello")), "found no PEM,");
    assertStringIncludes(of({ ...key, path: "a.pem" }), "found only PRIVATE KEY,");
    const damaged = pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertStringIncludes(of(damaged), "found a certificate that cannot be read,");
    const valid = file(certFile);
    assertStringIncludes(
      of(valid, Date.now() + 91 * 24 * 3_600_000),
      "found CN=server, expired 20",
    );
    assertStringIncludes(of(valid, Date.now() - 24 * 3_600_000), "found CN=server, valid from 20");
  },
);

testWithProgram("openssl", "parseIdentity() says what is wrong with a key", async (openssl) => {
  await using authority = await testAuthority(openssl);
  const { certFile, keyFile } = await authority.issue("server");
  const other = await authority.issue("other");
  const of = (key: PemFile) => complaint(() => parseIdentity(file(certFile), key, Date.now()));
  assertEquals(
    of(file(other.keyFile)),
    `Cannot use '${other.keyFile}' as TLS private key: found a key of another certificate, ` +
      `expected the key of '${certFile}' (CN=server)`,
  );
  assertStringIncludes(of(file(certFile)), "found only CERTIFICATE,");
  assertStringIncludes(
    of(pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")),
    "found a key that cannot be read,",
  );
  const make = async (...args: string[]) => {
    const { stdout } = await new Deno.Command(openssl, { args }).output();
    return pem(new TextDecoder().decode(stdout));
  };
  const locked = await make("pkcs8", "-topk8", "-in", keyFile, "-passout", "pass:secret");
  assertStringIncludes(of(locked), "found an encrypted key, expected a private key in PEM that");
});

for (const [curve, found] of [["secp256k1", "ec secp256k1"], ["secp224r1", "ec secp224r1"]]) {
  testWithProgram(
    "openssl",
    `parseIdentity() refuses a key on ${curve}, which no handshake would accept`,
    async (openssl) => {
      const args =
        `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:${curve} -nodes -keyout - -subj /CN=a`;
      const { stdout } = await new Deno.Command(openssl, { args: args.split(" ") }).output();
      const both = pem(new TextDecoder().decode(stdout));
      assertStringIncludes(
        complaint(() => parseIdentity(both, both, Date.now())),
        `found a key of the type ${found}, expected an RSA key of 2048 bits or more, an EC key on P-256`,
      );
    },
  );
}

testWithProgram(
  "openssl",
  "parseAuthorities() is content with one authority that is valid",
  async (openssl) => {
    await using authority = await testAuthority(openssl);
    const [past, next] = await Promise.all([
      authority.issue("past", { days: -1 }),
      authority.issue("next", { days: 400 }),
    ]);
    const text = [past, next].map(({ certFile }) => file(certFile).text).join("");
    const authorities = parseAuthorities(pem(text), Date.now());
    assertEquals(authorities.subject, "CN=next");
    assertEquals(authorities.pem.match(/BEGIN CERTIFICATE/g)?.length, 2);
    const late = complaint(() => parseAuthorities(file(past.certFile), Date.now()));
    assertStringIncludes(late, "as TLS CA certificates: found CN=past, expired");
  },
);
