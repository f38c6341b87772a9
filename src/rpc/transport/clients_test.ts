/** Programs of others as clients of `echoscope serve --transport=native`. */
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { foo } from "../../echo/service.ts";
import { connectRpc } from "../client.ts";
import { RpcError } from "../status.ts";
import { type ClientFixture, type SecurityFlags, testClient } from "./clients_fixture.ts";

/** More than the windows that HTTP/2 begins with, less than a message may have. */
const LARGE = "x".repeat(3_000_000);
/** More than a message may have: 4 MiB. */
const TOO_LARGE = "x".repeat(5_000_000);

const GRPC = ["-H", "content-type: application/grpc", "-H", "te: trailers"];

/** A gRPC frame of `foo.EchoRequest { name: "Ada" }`. */
const REQUEST = Uint8Array.of(0, 0, 0, 0, 5, 10, 3, 65, 100, 97);
/** A gRPC frame of `foo.EchoReply { message: "Hello Ada!" }`, as text. */
const REPLY = "\0\0\0\0\f\n\nHello Ada!";

/** What curl exits with when it has waited for too long. */
const CURL_TIMEOUT = 28;

testClient("grpcurl", "listenNative() answers grpcurl", async (fixture, t) => {
  const flags = fixture.flags({
    plaintext: "-plaintext",
    authority: "-cacert",
    certificate: "-cert",
    key: "-key",
  });
  const grpcurl = (words: string[], ...more: string[]) =>
    fixture.run([...flags, ...more, fixture.target, ...words]);
  const call = (name: string, ...more: string[]) =>
    fixture.run(
      [...flags, ...more, "-d", "@", fixture.target, "foo.Foo/echo"],
      JSON.stringify({ name }),
    );

  await t.step("reflection lists and describes", async () => {
    assertEquals((await grpcurl(["list"])).stdout.trim().split("\n"), [
      "foo.Foo",
      "grpc.health.v1.Health",
      "grpc.reflection.v1.ServerReflection",
      "grpc.reflection.v1alpha.ServerReflection",
    ]);
    assertStringIncludes(
      (await grpcurl(["describe", "foo.Foo"])).stdout,
      "rpc echo ( .foo.EchoRequest ) returns ( .foo.EchoReply );",
    );
  });
  await t.step("a call", async () => {
    assertEquals(JSON.parse((await call("Ada")).stdout), { message: "Hello Ada!" });
  });
  await t.step("a large message, both ways", async () => {
    assertEquals(JSON.parse((await call(LARGE)).stdout).message.length, LARGE.length + 7);
  });
  await t.step("a message that is too large", async () => {
    const { output } = await call(TOO_LARGE);
    assertMatch(
      output,
      /Code: ResourceExhausted\n *Message: The request of 5000005 bytes is larger/,
    );
  });
  await t.step("a status with its message", async () => {
    await fixture.setFaults("error-rate=1");
    const { output } = await call("Ada");
    assertMatch(
      output,
      /Code: Unavailable\n *Message: Injected fault: the server was told to fail/,
    );
    await fixture.setFaults("error-rate=0");
  });
  await t.step("a deadline", async () => {
    await fixture.setFaults("latency=1m");
    assertStringIncludes((await call("Ada", "-max-time", "0.3")).output, "Code: DeadlineExceeded");
    await fixture.setFaults("latency=0");
  });
  await t.step("health", async () => {
    const { stdout } = await grpcurl(["grpc.health.v1.Health/Check"]);
    assertEquals(JSON.parse(stdout), { status: "SERVING" });
  });
});

testClient("grpc-health-probe", "listenNative() answers grpc-health-probe", async (fixture) => {
  const flags = fixture.flags({
    tls: "-tls",
    authority: "-tls-ca-cert",
    certificate: "-tls-client-cert",
    key: "-tls-client-key",
  });
  const probe = (...args: string[]) => fixture.run(["-addr", fixture.target, ...flags, ...args]);
  assertEquals(await probe(), { code: 0, stdout: "", output: "status: SERVING\n" });
  assertEquals((await probe("-service", "foo.Foo")).code, 0);
  assertEquals((await probe("-service", "foo.None")).code, 3);
});

testClient("ghz", "listenNative() answers ghz, many at once", async (fixture, t) => {
  const flags = fixture.flags({
    plaintext: "--insecure",
    authority: "--cacert",
    certificate: "--cert",
    key: "--key",
  });
  async function codes(name: string, ...args: string[]): Promise<unknown> {
    const data = await Deno.makeTempFile();
    try {
      await Deno.writeTextFile(data, JSON.stringify({ name }));
      const call = ["--call", "foo.Foo/echo", "-D", data, "-O", "json"];
      const { output, stdout } = await fixture.run([...flags, ...call, ...args, fixture.target]);
      assert(stdout.startsWith("{"), output);
      const { options, statusCodeDistribution } = JSON.parse(stdout);
      assert(options.data.name === name, "ghz sends what it is given");
      return statusCodeDistribution;
    } finally {
      await Deno.remove(data);
    }
  }
  await t.step("calls", async () => {
    const load = ["-n", "2000", "-c", "100", "--connections", "4"];
    assertEquals(await codes("Ada", ...load), { OK: 2000 });
    assertEquals(await fixture.handled("OK"), 2000);
  });
  await t.step("large messages", async () => {
    assertEquals(await codes(LARGE, "-n", "8", "-c", "4"), { OK: 8 });
  });
  await t.step("statuses", async () => {
    await fixture.setFaults("error-rate=1");
    assertEquals(await codes("Ada", "-n", "200"), { Unavailable: 200 });
  });
  await t.step("deadlines", async () => {
    await fixture.setFaults("error-rate=0&latency=1m");
    assertEquals(await codes("Ada", "-n", "50", "-t", "100ms"), { DeadlineExceeded: 50 });
  });
});

testClient(
  "h2load",
  "listenNative() answers h2load, a thousand streams a connection",
  async (fixture) => {
    const body = await Deno.makeTempFile();
    try {
      await Deno.writeFile(body, REQUEST);
      const scheme = fixture.authority ? "https" : "http";
      const load = ["-n", "20000", "-c", "10", "-m", "1000", "-d", body];
      const { output } = await fixture.run(
        [...load, ...GRPC, `${scheme}://${fixture.target}/foo.Foo/echo`],
      );
      assertStringIncludes(output, "20000 succeeded, 0 failed, 0 errored, 0 timeout");
      assertEquals(await fixture.handled("OK"), 20_000);
    } finally {
      await Deno.remove(body);
    }
  },
  ["plaintext", "TLS"],
);

const CURL_FLAGS = { authority: "--cacert", certificate: "--cert", key: "--key" };

/** Runs curl over HTTP/2, or over what `protocol` says; it never waits long. */
function curl(
  fixture: ClientFixture,
  args: string[],
  { protocol, security = CURL_FLAGS }: { protocol?: string; security?: SecurityFlags } = {},
) {
  const flags = fixture.flags(security);
  const [scheme, usual] = fixture.authority
    ? ["https", "--http2"]
    : ["http", "--http2-prior-knowledge"];
  return fixture.run([
    ...["-sS", "-i", "-m", "20", protocol ?? usual, ...flags, ...args],
    `${scheme}://${fixture.target}/foo.Foo/echo`,
  ], REQUEST);
}

testClient("curl", "listenNative() answers curl", async (fixture, t) => {
  const call = [...GRPC, "--data-binary", "@-"];
  await t.step("a call, its reply and its trailers", async () => {
    const { stdout } = await curl(fixture, call);
    assertStringIncludes(stdout, "HTTP/2 200");
    assertStringIncludes(stdout, REPLY);
    assertStringIncludes(stdout, "grpc-status: 0");
  });
  await t.step("a request that is not gRPC", async () => {
    const { stdout } = await curl(fixture, []);
    assertStringIncludes(stdout, "HTTP/2 415");
    assertStringIncludes(stdout, "This is a gRPC server: it takes POST requests");
  });
  await t.step("HTTP/1.1 is refused, with the reason, and nobody waits", async () => {
    // What is no answer in HTTP/1.1, curl calls HTTP/0.9 and shows.
    const { code, output } = await curl(fixture, [...call, "--http0.9", "-o", "-"], {
      protocol: "--http1.1",
    });
    assert(code !== CURL_TIMEOUT, output);
    const reason = fixture.authority ? "no application protocol" : "does not speak HTTP/2";
    assertStringIncludes(output, reason);
  });
  if (!fixture.identity) return;
  await t.step("a client without a certificate is refused, and does not wait", async () => {
    const { code, output } = await curl(fixture, call, { security: { authority: "--cacert" } });
    assert(code !== 0 && code !== CURL_TIMEOUT, `exit status ${code}: ${output}`);
  });
});

testClient("openssl", "listenNative() answers grpc-js", async (fixture, t) => {
  const { authority, identity, target } = fixture;
  const tls = authority && { caFile: authority.caFile, ...identity };
  const client = connectRpc(foo, { target, tls });
  const fail = async (name: string, timeoutMs: number) =>
    (await assertRejects(() => client.methods.echo({ name }, { timeoutMs }), RpcError)).code;
  await t.step("calls, small and large", async () => {
    for (const name of ["Ada", LARGE]) {
      assert((await client.methods.echo({ name })).message === `Hello ${name}!`);
    }
  });
  await t.step("statuses and deadlines", async () => {
    assertEquals(await fail(TOO_LARGE, 10_000), "RESOURCE_EXHAUSTED");
    await fixture.setFaults("error-rate=1");
    assertEquals(await fail("Ada", 10_000), "UNAVAILABLE");
    await fixture.setFaults("error-rate=0&latency=1m");
    assertEquals(await fail("Ada", 100), "DEADLINE_EXCEEDED");
  });
  client.close();
});
