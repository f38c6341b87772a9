import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runEchoscope, serveEchoscope, spawnEchoscope } from "../testing/echoscope.ts";
import { testAuthority } from "../testing/certificates.ts";
import { testWith } from "../testing/permissions.ts";
import { testWithProgram } from "../testing/programs.ts";

const NEEDS = ["run", "env", "read", "net"] as const;

const portOf = (rpc: string) => rpc.split(":").at(-1) ?? "";

testWith(NEEDS, "client prints each reply and a summary", async () => {
  await using service = await serveEchoscope();
  const { code, stdout, stderr } = await runEchoscope([
    "client",
    `--port=${portOf(service.rpc)}`,
    "--name=Ada",
    "--count=3",
    "--interval=1ms",
  ]);
  assertEquals([code, stderr], [0, ""]);
  const lines = stdout.split("\n");
  assertEquals(lines.slice(0, 3), ["Hello Ada!", "Hello Ada!", "Hello Ada!"]);
  assertMatch(lines[3] ?? "", /^3 calls in .*: 3 OK$/);
  assertMatch(lines[4] ?? "", /^latency +p50 .+ p90 .+ p99 .+ max /);
});

testWith(
  NEEDS,
  "client takes host and port from the environment, and keeps quiet when asked",
  async () => {
    await using service = await serveEchoscope();
    const { code, stdout } = await runEchoscope([
      "client",
      "--quiet",
      "--count=20",
      "--concurrency=5",
      "--interval=0",
    ], {
      CLIENT_HOST: "localhost",
      CLIENT_PORT: portOf(service.rpc),
    });
    assertEquals(code, 0);
    assertMatch(stdout, /^20 calls in .*: 20 OK\nlatency /);
  },
);

testWith(NEEDS, "client ends with exit status 1 when calls failed, and says how", async () => {
  using unused = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = unused.addr as Deno.NetAddr;
  unused.close();
  const { code, stdout, stderr } = await runEchoscope([
    "client",
    `--port=${port}`,
    "--count=2",
    "--interval=1ms",
  ]);
  assertEquals(code, 1);
  assertStringIncludes(stdout, "2 calls in");
  assertStringIncludes(stdout, ": 2 UNAVAILABLE");
  assertMatch(stderr, /^UNAVAILABLE: .*\nUNAVAILABLE: .*\n$/);
});

testWithProgram(
  "openssl",
  "client and serve each show a certificate where told to",
  async (openssl) => {
    await using authority = await testAuthority(openssl);
    const permissions = [`--allow-read=${authority.folder}`];
    const flags = async (name: string) => {
      const { certFile, keyFile } = await authority.issue(name);
      return [`--tls-cert=${certFile}`, `--tls-key=${keyFile}`];
    };
    await using service = await serveEchoscope(
      [...await flags("server"), `--tls-client-ca=${authority.caFile}`],
      {},
      { permissions },
    );
    const target = ["--host=localhost", `--port=${portOf(service.rpc)}`];
    const { stdout, stderr } = await runEchoscope(
      ["client", "--count=1", ...target, `--tls-ca=${authority.caFile}`, ...await flags("caller")],
      {},
      { permissions },
    );
    assertMatch(stdout, /^Hello Echoscope!\n1 call in .*: 1 OK\n/, stderr);
    // The alert of such a server comes at any moment, so more than one client meets it.
    const strangers = await Promise.all(
      Array.from({ length: 4 }, () =>
        runEchoscope(
          ["client", "--count=3", "--interval=1ms", ...target, `--tls-ca=${authority.caFile}`],
          {},
          { permissions },
        )),
    );
    for (const { code, stdout, stderr } of strangers) {
      assertEquals(code, 1, stderr);
      assertMatch(stdout, /^3 calls in .*: 3 UNAVAILABLE\n/, stderr);
    }
  },
);

testWith(NEEDS, "client asks for a name by which it can check a certificate", async () => {
  const { code, stderr } = await runEchoscope(["client", "--tls", "--host=127.0.0.1"]);
  assertEquals(code, 2);
  assertMatch(stderr, /--host \(HOST\) is the address 127\.0\.0\.1: .*--tls-server-name/);
});

testWith(
  NEEDS,
  "client gives up on a server that accepts and says nothing, at the deadline",
  async () => {
    using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = silent.addr as Deno.NetAddr;
    const { code, stdout } = await runEchoscope([
      "client",
      `--port=${port}`,
      "--count=1",
      "--deadline=200ms",
    ]);
    assertEquals(code, 1);
    assertStringIncludes(stdout, "1 DEADLINE_EXCEEDED");
  },
);

testWith(
  NEEDS,
  "client shows its own metrics while it runs, where it is given a port",
  async () => {
    await using service = await serveEchoscope();
    await using client = spawnEchoscope([
      "client",
      `--port=${portOf(service.rpc)}`,
      "--metrics-host=127.0.0.1",
      "--metrics-port=0",
      "--log-format=json",
      "--interval=1h",
      "--duration=0",
    ]);
    const { http } = JSON.parse(await client.stderr.find('"serving metrics"'));
    await client.stdout.find("Hello");
    const page = await (await fetch(`http://${http}/metrics`)).text();
    const series = 'grpc_client_handled_total{grpc_type="unary",grpc_service="foo.Foo",' +
      'grpc_method="echo",grpc_code="OK"} 1';
    assertStringIncludes(page, series);
    client.signal("SIGTERM");
    assertEquals((await client.status).code, 0);
  },
);
