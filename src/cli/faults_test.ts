import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { foo } from "../echo/service.ts";
import { createLogger } from "../logging/logger.ts";
import { connectRpc } from "../rpc/client.ts";
import { Faults } from "../rpc/interceptors/faults.ts";
import { serveEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";
import { createFaults, faultsRoute } from "./faults.ts";

const PEER: Deno.Addr = { transport: "tcp", hostname: "127.0.0.1", port: 1 };
const silent = createLogger({ level: "error", format: "json", write: () => {} });

async function greet(target: string): Promise<string> {
  const client = connectRpc(foo, { target });
  try {
    return (await client.methods.echo({ name: "a" }, { timeoutMs: 5000 })).message;
  } finally {
    client.close();
  }
}

async function ask(faults: Faults, query: string, init: RequestInit = { method: "POST" }) {
  const request = new Request(`http://127.0.0.1/faults${query}`, init);
  const response = await faultsRoute(faults, silent).handle(request, PEER);
  return { status: response.status, body: await response.text() };
}

Deno.test("faultsRoute() changes what a POST names, and tells what is injected", async () => {
  const faults = new Faults({ errorRate: 0.5 });
  assertEquals(await ask(faults, "", {}), { status: 200, body: "latency=0 error-rate=0.5\n" });
  const changed = { status: 200, body: "latency=1m30s error-rate=0.5\n" };
  assertEquals(await ask(faults, "?latency=1m30s"), changed);
  assertEquals(faults.latencyMs, 90_000);
});

for (
  const [query, body] of [
    ["", "Nothing to change: give latency or error-rate\n"],
    [
      "?error-rate=2&latency=1ms",
      "Cannot change 'error-rate': must be a number from 0 to 1, such as 0.05, not '2'\n",
    ],
    [
      "?constructor=1&latency=x",
      "Cannot change 'constructor': there is latency and error-rate\n" +
      "Cannot change 'latency': must be a time from 0 to 1h, such as 500ms, 2s or 1m30s, not 'x'\n",
    ],
  ] as const
) {
  Deno.test(`faultsRoute() refuses '${query}' and changes nothing`, async () => {
    const faults = new Faults({ errorRate: 0.5, latencyMs: 7 });
    assertEquals(await ask(faults, query), { status: 400, body });
    assertEquals([faults.errorRate, faults.latencyMs], [0.5, 7]);
  });
}

Deno.test("faultsRoute() takes no orders from a page of another origin", async () => {
  const faults = new Faults();
  const headers = { "sec-fetch-site": "cross-site" };
  const { status } = await ask(faults, "?error-rate=1", { method: "POST", headers });
  assertEquals([status, faults.errorRate], [403, 0]);
});

Deno.test("createFaults() makes none where none are wanted and none can come", () => {
  const none = { faultLatency: 0, faultErrorRate: 0, faultsEndpoint: false };
  assertEquals(createFaults(none, silent), undefined);
  assertEquals(createFaults({ ...none, faultErrorRate: 0.1 }, silent)?.errorRate, 0.1);
});

testWith(
  ["net", "run", "read", "env"],
  "serve breaks calls when /faults is told to, and only where --faults-endpoint allows it",
  async () => {
    await using service = await serveEchoscope(["--faults-endpoint"]);
    const post = async (url: string) => {
      const response = await fetch(url, { method: "POST" });
      return { status: response.status, body: await response.text() };
    };
    const broken = await post(`${service.http}/faults?error-rate=1`);
    assertEquals(broken, { status: 200, body: "latency=0 error-rate=1\n" });
    await assertRejects(() => greet(service.rpc), Error, "Injected fault");
    assertEquals((await post(`${service.http}/faults?error-rate=0`)).status, 200);
    assertEquals(await greet(service.rpc), "Hello a!");
    const page = await (await fetch(`${service.http}/metrics`)).text();
    assertMatch(page, /grpc_server_faults_injected_total\{kind="error"\} 1\n/);
    assertMatch(page, /grpc_server_faults_injected_total\{kind="latency"\} 0\n/);

    await using strict = await serveEchoscope();
    assertEquals((await post(`${strict.http}/faults?error-rate=1`)).status, 404);
    assertEquals((await post(`${strict.http}/metrics`)).status, 405);
  },
);
