import { assertEquals, assertStringIncludes } from "@std/assert";
import { once } from "node:events";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { testAuthority } from "../../testing/certificates.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { testWithTls, withTls } from "./fixture.ts";

const mutual = ({ caFile }: { caFile: string }) => ({ clientCaFile: caFile });
/** With TLS 1.2 a client has its session as soon as the handshake is done. */
const SAVE = ["-tls1_2", "-sess_out"];
const RESUME = ["-tls1_2", "-sess_in"];

testWithProgram(
  "openssl",
  "reasonForDistrust() is needed: Deno resumes a session without the certificate it asks for (the fault is still there)",
  async (openssl) => {
    await using authority = await testAuthority(openssl);
    const { certFile, keyFile } = await authority.issue("server");
    const [cert, key, ca] = [certFile, keyFile, authority.caFile].map((file) =>
      Deno.readTextFileSync(file)
    );
    async function handshake(server: Server, ...args: string[]): Promise<TLSSocket> {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as { port: number };
      const accepted = once(server, "secureConnection");
      await new Deno.Command(openssl, {
        args: ["s_client", "-connect", `127.0.0.1:${port}`, ...args],
        stdin: "null",
      }).output();
      const [socket] = await accepted;
      socket.destroy();
      server.close();
      return socket;
    }
    const session = `${authority.folder}/session.pem`;
    await handshake(createServer({ cert, key, ca: [] }), ...SAVE, session);
    const strict = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true });
    const { authorized } = await handshake(strict, ...RESUME, session);
    assertEquals(authorized, false, "if it is not let in, delete resumed_session.ts");
  },
);

testWithTls(
  "serveRpc() with clientCaFile refuses a session of another server that asked for no certificate",
  async ({ sClient, authority, logged }) => {
    const session = `${authority.folder}/session.pem`;
    await withTls(async (open) => void await open.sClient(...SAVE, session));
    assertStringIncludes(await sClient(...RESUME, session), "Reused, TLSv1.2");
    assertStringIncludes(await logged.take('"origin":"tls"'), "began without a certificate");
  },
  mutual,
);

testWithTls(
  "serveRpc() with clientCaFile refuses a session whose authority was taken away, and no other",
  async ({ sClient, authority, openssl, logged }) => {
    await using next = await testAuthority(openssl, "next");
    const { certFile, keyFile } = await authority.issue("caller");
    const session = `${authority.folder}/session.pem`;
    await sClient(...SAVE, session, "-cert", certFile, "-key", keyFile);
    assertStringIncludes(await sClient(...RESUME, session), "Reused, TLSv1.2");
    assertEquals(logged.lines.filter((line) => line.includes('"origin":"tls"')), []);

    await Deno.copyFile(next.caFile, authority.caFile);
    await logged.take("took up new TLS files");
    await sClient(...RESUME, session);
    assertStringIncludes(await logged.take('"origin":"tls"'), "not accepted any more");
  },
  (authority) => ({ ...mutual(authority), reloadIntervalMs: 10 }),
);
