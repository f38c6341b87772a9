import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { testAuthority } from "../../testing/certificates.ts";
import { RpcError } from "../status.ts";
import { testWithTls } from "./fixture.ts";

const mutual = ({ caFile }: { caFile: string }) => ({ clientCaFile: caFile });

testWithTls(
  "serveRpc() with clientCaFile answers a client with a certificate of that authority",
  async ({ client, authority }) => {
    const caller = client(await authority.issue("caller"));
    assertEquals((await caller.methods.greet({ text: "Ada" })).text, "Hello Ada!");
  },
  mutual,
);

testWithTls(
  "serveRpc() with clientCaFile names that authority alone to OpenSSL",
  async ({ sClient, authority }) => {
    const { certFile, keyFile } = await authority.issue("caller");
    const said = await sClient("-cert", certFile, "-key", keyFile);
    const names = said.match(/Acceptable client certificate CA names\n([^]*?)\n(?!CN)/)?.[1];
    assertEquals(names?.replaceAll(" ", ""), "CN=ca");
    assertStringIncludes(said, "ALPN protocol: h2");
  },
  mutual,
);

testWithTls(
  "serveRpc() with clientCaFile refuses a client without a certificate, or with another authority's",
  async ({ client, authority, openssl, logged }) => {
    await using stranger = await testAuthority(openssl);
    for (const identity of [{}, await stranger.issue("caller")]) {
      const refused = client({ ...identity, caFile: authority.caFile });
      const error = await assertRejects(() => refused.methods.greet({ text: "" }), RpcError);
      assertEquals(error.code, "UNAVAILABLE");
      refused.close();
      await logged.take('"origin":"tls"');
    }
  },
  mutual,
);

testWithTls(
  "serveRpc() with clientCaFile refuses a client whose certificate has expired",
  async ({ sClient, authority, logged }) => {
    const { certFile, keyFile } = await authority.issue("expired", { days: -1 });
    await sClient("-cert", certFile, "-key", keyFile);
    await logged.take('"origin":"tls"');
  },
  mutual,
);
