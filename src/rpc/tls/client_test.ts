import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { testAuthority } from "../../testing/certificates.ts";
import { CredentialsError } from "./credentials.ts";
import { RpcError } from "../status.ts";
import { testWithTls } from "./fixture.ts";

async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await assertRejects(() => call, RpcError);
  assertEquals(error.code, "UNAVAILABLE");
  return error.message;
}

testWithTls(
  "connectRpc() refuses a server whose certificate is for another name",
  async (fixture) => {
    const elsewhere = fixture.client({ serverName: "elsewhere.test" });
    const message = await refusal(elsewhere.methods.greet({ text: "" }));
    assertMatch(message, /not valid for|Hostname/i);
  },
);

testWithTls(
  "connectRpc() expects serverName in place of the host, where it is given",
  async ({ client }) => {
    const named = client({ serverName: "localhost" }, "127.0.0.1");
    assertEquals((await named.methods.greet({ text: "Ada" })).text, "Hello Ada!");
  },
);

testWithTls(
  "connectRpc() refuses a server of an authority that it does not know",
  async (fixture) => {
    await using stranger = await testAuthority(fixture.openssl);
    const client = fixture.client({ caFile: stranger.caFile });
    await refusal(client.methods.greet({ text: "" }));
  },
);

testWithTls("connectRpc() trusts what Deno trusts where no caFile is given", async ({ client }) => {
  await refusal(client({ caFile: undefined }).methods.greet({ text: "" }));
});

testWithTls("connectRpc() throws for files that cannot be used", async ({ client, authority }) => {
  const { certFile, keyFile } = await authority.issue("caller");
  const error = assertThrows(() => client({ caFile: keyFile }), CredentialsError);
  assertStringIncludes(error.message, "found only PRIVATE KEY, expected certificates in PEM");
  assertThrows(() => client({ certFile }), TypeError, "must be given together");
});
