import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { CATALOGUE, type CatalogueEntry, exposedType } from "../metrics/catalogue.ts";
import { connectRpc } from "../rpc/client.ts";
import { foo } from "../echo/service.ts";
import { runEchoscope, serveEchoscope } from "../testing/echoscope.ts";
import { frame, GOAWAY, SETTINGS } from "../testing/http2.ts";
import { connectHttp2 } from "../testing/http2_connection.ts";
import { testWith } from "../testing/permissions.ts";
import { testWithProgram } from "../testing/programs.ts";

const NEEDS = ["run", "env", "read", "net"] as const;

/** The value of a sample in an exposition, by its name with labels. */
function sample(exposition: string, series: string): number {
  const line = exposition.split("\n").find((one) => one.startsWith(`${series} `));
  assert(line !== undefined, `no sample of ${series} in:\n${exposition}`);
  return Number(line.slice(series.length + 1));
}

async function metrics(http: string): Promise<string> {
  return await (await fetch(`${http}/metrics`)).text();
}

async function greet(target: string, name: string): Promise<string> {
  const client = connectRpc(foo, { target });
  try {
    return (await client.methods.echo({ name }, { timeoutMs: 5000 })).message;
  } finally {
    client.close();
  }
}

testWith(
  NEEDS,
  "serve answers calls and counts them under the names of the original example",
  async () => {
    await using service = await serveEchoscope();
    for (const name of ["a", "b", "c"]) {
      assertEquals(
        await greet(service.rpc, name),
        `Hello ${name}!`,
      );
    }
    const text = await metrics(service.http);
    assertEquals(sample(text, "foo_counter"), 3);
    assertEquals(sample(text, "foo_gauge"), 30);
    assertEquals(sample(text, 'foo_histgram_count{api="echo",result="ok"}'), 3);
    assert(sample(text, 'foo_histgram{api="echo",result="ok",quantile="0.99"}') > 0);
    assert(sample(text, "process_resident_memory_bytes") > 1_000_000, "runtime metrics are there");
  },
);

testWith(NEEDS, "serve gives /metrics the content type that Prometheus 3 asks for", async () => {
  await using service = await serveEchoscope();
  const response = await fetch(`${service.http}/metrics`);
  await response.body?.cancel();
  assertEquals(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
});

testWith(
  NEEDS,
  "serve is healthy and ready, lists its addresses, and says what it does not have",
  async () => {
    await using service = await serveEchoscope();
    const get = async (path: string, init?: RequestInit) => {
      const response = await fetch(service.http + path, init);
      return [response.status, await response.text()] as const;
    };
    assertEquals(await get("/healthz"), [200, "ok\n"]);
    assertEquals(await get("/readyz"), [200, "ready\n"]);
    assertStringIncludes((await get("/"))[1], "/metrics");
    const [status, body] = await get("/nothing");
    assertEquals(status, 404);
    assertStringIncludes(body, "/readyz");
    assertEquals((await get("/readyz", { method: "POST" }))[0], 405);
    assertEquals(await get("/readyz", { method: "HEAD" }), [200, ""]);
  },
);

testWith(NEEDS, "health has exit status 0 for a ready service and 1 for none", async () => {
  await using service = await serveEchoscope();
  const port = new URL(service.http).port;
  assertEquals((await runEchoscope(["health", `--metrics-port=${port}`])).code, 0);
  // 0.0.0.0 is where a service in a container listens; the probe has the same variables.
  assertEquals(
    (await runEchoscope(["health"], { METRICS_HOST: "0.0.0.0", METRICS_PORT: port })).code,
    0,
  );
  service.signal("SIGTERM");
  await service.status;
  const { code, stderr } = await runEchoscope(["health", `--metrics-port=${port}`]);
  assertEquals(code, 1);
  assertMatch(stderr, /^echoscope health: no answer from .*connection refused\n$/);
});

testWith(NEEDS, "serve stops at SIGTERM and SIGINT with exit status 0", async () => {
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    await using service = await serveEchoscope();
    service.signal(name);
    const { code, signal } = await service.status;
    assertEquals([code, signal], [0, null]);
  }
});

testWith(
  NEEDS,
  "serve says it is not ready before it refuses calls, and a second signal ends the wait",
  async () => {
    await using service = await serveEchoscope(["--drain-delay=1h"]);
    service.signal("SIGTERM");
    await service.stderr.find('"draining"');
    assertEquals(await (await fetch(`${service.http}/readyz`)).text(), "draining\n");
    assertEquals(await greet(service.rpc, "late"), "Hello late!");
    // Two signals at once are one Ctrl-C that came twice: a second wish comes later.
    await new Promise((resolve) => setTimeout(resolve, 300));
    service.signal("SIGTERM");
    assertEquals((await service.status).code, 0);
  },
);

testWith(NEEDS, "serve lets a call finish that is under way when it is told to stop", async () => {
  await using service = await serveEchoscope(["--fault-latency=500ms"]);
  const reply = greet(service.rpc, "Ada");
  const started = 'grpc_server_started_total{grpc_type="unary",grpc_service="foo.Foo",' +
    'grpc_method="echo"}';
  while (sample(await metrics(service.http), started) === 0);
  service.signal("SIGTERM");
  assertEquals(await reply, "Hello Ada!");
  assertEquals((await service.status).code, 0);
});

testWithProgram(
  "grpcurl",
  "serve answers grpcurl with the .proto of this project",
  async (grpcurl) => {
    await using service = await serveEchoscope();
    const { code, stdout, stderr } = await new Deno.Command(grpcurl, {
      args: [
        "-plaintext",
        "-import-path",
        "proto",
        "-proto",
        "foo.proto",
        "-d",
        '{"name":"grpcurl"}',
        service.rpc,
        "foo.Foo/echo",
      ],
      cwd: new URL("../../", import.meta.url),
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    assertEquals(JSON.parse(new TextDecoder().decode(stdout)), { message: "Hello grpcurl!" });
  },
);

testWith(
  NEEDS,
  "serve exports what the catalogue lists and nothing else, with its type, help and labels",
  async () => {
    await using service = await serveEchoscope();
    await greet(service.rpc, "a");
    const text = await metrics(service.http);
    const catalogue = new Map<string, CatalogueEntry>(
      CATALOGUE.map((entry) => [entry.name, entry]),
    );
    const families = [
      ...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)\n((?:[^#\n].*\n)*)/gm),
    ];
    assert(families.length > 15, "families with HELP and TYPE are there");
    assertEquals(families.length, text.match(/^# TYPE /gm)?.length, "every family is described");
    for (const [, name = "", help, type, samples = ""] of families) {
      const entry = catalogue.get(name);
      assert(entry !== undefined, `${name} is not in src/metrics/catalogue.ts`);
      assertEquals([help, type], [entry.help, exposedType(entry)], name);
      const labels = new Set([...samples.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
      labels.delete("quantile");
      labels.delete("le");
      assertEquals([...labels].sort(), [...entry.labels].sort(), name);
    }
  },
);

testWithProgram(
  "promtool",
  "serve exports what promtool check metrics finds nothing wrong with",
  async (promtool) => {
    await using service = await serveEchoscope();
    await greet(service.rpc, "a");
    const check = new Deno.Command(promtool, {
      args: ["check", "metrics"],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const input = check.stdin.getWriter();
    await input.write(new TextEncoder().encode(await metrics(service.http)));
    await input.close();
    const { stdout, stderr } = await check.output();
    const [objections, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    // The names of the original example are its interface, whatever promtool would call them.
    const others = `${objections}${errors}`.split("\n").filter((line) =>
      !/^(foo_\w+ .*)?$/.test(line)
    );
    assertEquals(others, []);
  },
);

testWith(
  NEEDS,
  "serve on our transport shows every reason to refuse with zero, and takes limits from flags and variables",
  async () => {
    await using service = await serveEchoscope(
      ["--transport=native", "--max-burst=10", "--max-burst-per-second=1"],
      { MAX_HEADER_LIST_BYTES: "2000", STREAM_WINDOW_BYTES: "70000" },
    );
    const refused = (text: string) =>
      Object.fromEntries(
        [...text.matchAll(/^grpc_server_refused_total\{reason="(\w+)"\} (\d+)$/gm)]
          .map(([, reason, count]) => [reason, Number(count)]),
      );
    const none = { streams: 0, headers: 0, frames: 0, resets: 0, pings: 0, replies: 0 };
    assertEquals(refused(await metrics(service.http)), { ...none, requests: 0 });
    {
      using connection = await connectHttp2(Number(service.rpc.split(":").at(-1)));
      const settings = await connection.next(({ type }) => type === SETTINGS);
      assertEquals(
        [...settings?.payload ?? []],
        [[0, 3, 0, 0, 3, 232], [0, 4, 0, 1, 17, 112], [0, 6, 0, 0, 7, 208]].flat(),
      );
      const useless = frame(255, 0, 0, []);
      await connection.send(...Array.from({ length: 15 }, () => useless));
      assertEquals((await connection.next(({ type }) => type === GOAWAY))?.type, GOAWAY);
    }
    assertEquals(refused(await metrics(service.http)), { ...none, requests: 0, frames: 1 });
  },
);

testWith(NEEDS, "serve streams metric events to TCP clients when asked to", async () => {
  await using service = await serveEchoscope(["--tcp-exporter=127.0.0.1:0"]);
  const { tcp } = JSON.parse(await service.stderr.find('"serving"'));
  using client = await Deno.connect({ hostname: "127.0.0.1", port: Number(tcp.split(":").at(-1)) });
  const received = new Uint8Array(65536);
  let text = "";
  const readUntil = async (wanted: string) => {
    while (!text.includes(wanted)) {
      const count = await client.read(received);
      assert(count !== null, `the stream ended before ${wanted} came`);
      text += new TextDecoder().decode(received.subarray(0, count));
    }
  };
  await readUntil("API calls answered.");
  await greet(service.rpc, "a");
  await readUntil("foo_gauge");
});

testWithProgram("h2spec", "serve survives h2spec and serves on", async (h2spec) => {
  await using service = await serveEchoscope([], { MALLOC_PERTURB_: "165" });
  const port = service.rpc.split(":").at(-1) ?? "";
  const { stdout } = await new Deno.Command(h2spec, {
    args: ["-h", "127.0.0.1", "-p", port, "-P", "/foo.Foo/echo", "-o", "1"],
  }).output();
  assertMatch(new TextDecoder().decode(stdout), /\d+ tests, \d+ passed/);
  assertEquals(await greet(service.rpc, "survivor"), "Hello survivor!");
  assert(
    sample(await metrics(service.http), 'grpc_server_connection_errors_total{origin="socket"}') >
      0,
    "faults are counted",
  );
});
