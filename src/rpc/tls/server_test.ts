import { assertEquals, assertGreater, assertRejects, assertStringIncludes } from "@std/assert";
import { connect } from "node:net";
import { once } from "node:events";
import { type DebugMetric, findMetric } from "../../metrics/debugging.ts";
import { withGreeter } from "../../testing/greeter.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { RpcError } from "../status.ts";
import { PROTO, testWithTls, withTls } from "./fixture.ts";

function handshakeErrors(metrics: DebugMetric[]): number {
  const name = "grpc_server_connection_errors_total";
  return Number(findMetric(metrics, "counter", name, { origin: "tls" }).value);
}

testWithTls("serveRpc() answers over TLS", async ({ client }) => {
  const reply = await client().methods.greet({ text: "Ada" });
  assertEquals(reply, { text: "Hello Ada!" });
});

testWithTls(
  "serveRpc() negotiates h2 with OpenSSL and asks for no certificate",
  async ({ sClient, authority }) => {
    for (const version of ["-tls1_2", "-tls1_3"]) {
      const said = await sClient(version, "-CAfile", authority.caFile, "-servername", "localhost");
      assertStringIncludes(said, "ALPN protocol: h2");
      assertStringIncludes(said, "Verification: OK");
      assertStringIncludes(said, "No client certificate CA names sent");
    }
  },
);

testWithTls("serveRpc() refuses TLS 1.1", async ({ sClient, logged }) => {
  const said = await sClient("-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0");
  assertStringIncludes(said, "no peer certificate");
  await logged.take('"origin":"tls"');
});

testWithTls("serveRpc() refuses a client that speaks http/1.1", async ({ sClient, logged }) => {
  assertStringIncludes(await sClient("-alpn", "http/1.1"), "no application protocol");
  await logged.take('"origin":"tls"');
});

testWithTls(
  "serveRpc() cuts a client that offers no protocol",
  async ({ server, logged, openssl }) => {
    await new Deno.Command(openssl, {
      args: ["s_client", "-connect", `127.0.0.1:${server.address.port}`],
      stdin: "null",
    }).output();
    assertStringIncludes(await logged.take('"origin":"tls"'), "does not offer the protocol h2");
  },
);

testWithTls(
  "serveRpc() refuses a client without TLS, counts it, and serves on",
  async ({ client, logged, metrics }) => {
    const plain = client("plain");
    const error = await assertRejects(() => plain.methods.greet({ text: "" }), RpcError);
    assertEquals(error.code, "UNAVAILABLE");
    await logged.take('"origin":"tls"');
    plain.close();
    assertGreater(handshakeErrors(metrics()), 0);
    assertEquals((await client().methods.greet({ text: "Ada" })).text, "Hello Ada!");
  },
);

testWithTls(
  "serveRpc() cuts a client that does not finish its handshake in time, byte by byte or not",
  async ({ server, logged }) => {
    const socket = connect(server.address.port, "127.0.0.1").on("error", () => {}).resume();
    const gone = new Promise((resolve) => socket.once("close", resolve));
    socket.write(Uint8Array.of(22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3));
    const drip = setInterval(() => socket.write(Uint8Array.of(1)), 20);
    await gone;
    clearInterval(drip);
    assertStringIncludes(await logged.take('"origin":"tls"'), "handshake timeout");
  },
  () => ({ handshakeTimeoutMs: 200 }),
);

testWithTls(
  "serveRpc() counts no error for a probe that connects and leaves",
  async ({ server, client, metrics }) => {
    const socket = connect(server.address.port, "127.0.0.1");
    await once(socket, "connect");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.resume().end();
    await closed;
    await client().methods.greet({ text: "" });
    assertEquals(handshakeErrors(metrics()), 0);
  },
);

testWithProgram(
  "grpcurl",
  "serveRpc() answers grpcurl over TLS, and over mTLS",
  async (grpcurl) => {
    for (const mutual of [false, true]) {
      await withTls(async ({ authority, server, file }) => {
        const { certFile, keyFile } = await authority.issue("caller");
        const identity = mutual ? ["-cert", certFile, "-key", keyFile] : [];
        const proto = [
          "-import-path",
          authority.folder,
          "-proto",
          await file("clock.proto", PROTO),
        ];
        const { stdout, stderr } = await new Deno.Command(grpcurl, {
          args: [
            ...["-cacert", authority.caFile, ...identity, ...proto, "-d", '{"text":"Ada"}'],
            ...[`localhost:${server.address.port}`, "test.Clock/greet"],
          ],
        }).output();
        const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
        assertStringIncludes(said, "Hello Ada!");
      }, ({ caFile }) => mutual ? { clientCaFile: caFile } : {});
    }
  },
);

testWithProgram("curl", "serveRpc() negotiates h2 with curl", async (curl) => {
  await withTls(async ({ authority, server }) => {
    const write = ["-w", "%{http_version}", "-o", "/dev/null"];
    const { stdout, stderr } = await new Deno.Command(curl, {
      args: [
        ...["-sS", "--http2", "--cacert", authority.caFile, ...write],
        `https://localhost:${server.address.port}/`,
      ],
    }).output();
    assertEquals(new TextDecoder().decode(stderr), "");
    assertEquals(new TextDecoder().decode(stdout), "2");
  });
});

testWithTls(
  "serveRpc() serves without TLS on another port of the same process, and each closes by itself",
  async ({ server, client }) => {
    await withGreeter(({ text }) => ({ text }), async (plain) => {
      assertEquals((await client().methods.greet({ text: "Ada" })).text, "Hello Ada!");
      assertEquals((await plain.client.methods.greet({ text: "probe" })).text, "probe");
      await server.close(1000);
      assertEquals((await plain.client.methods.greet({ text: "probe" })).text, "probe");
    });
  },
);
