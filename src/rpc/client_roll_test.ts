/**
 * A client whose servers come and go.
 *
 * @module
 */
import { assertEquals, assertGreater, assertRejects } from "@std/assert";
import { greeter, memoryLogger } from "../testing/greeter.ts";
import { frame, SETTINGS } from "../testing/http2.ts";
import { serveName } from "../testing/named_server.ts";
import { testWith } from "../testing/permissions.ts";
import { connectRpc } from "./client.ts";
import { implement, type RpcServer, serveRpc } from "./server.ts";
import { RpcError } from "./status.ts";

const NEEDS = ["net", "env"] as const;

/** A target with the addresses of `servers`. */
function targetOf(...servers: RpcServer[]): string {
  return `ipv4:${servers.map(({ address }) => `127.0.0.1:${address.port}`).join(",")}`;
}

testWith(NEEDS, "connectRpc() stays with one server by default", async () => {
  const servers = [await serveName("a", 0), await serveName("b", 0)];
  const client = connectRpc(greeter, { target: targetOf(...servers) });
  const texts = new Set<string>();
  for (let i = 0; i < 10; i++) texts.add((await client.methods.greet({ text: "" })).text);
  client.close();
  for (const server of servers) await server.close(1000);
  assertEquals([...texts], ["a"]);
});

testWith(NEEDS, "connectRpc() with round_robin calls all servers in turn", async () => {
  const servers = [await serveName("a", 0), await serveName("b", 0)];
  const client = connectRpc(greeter, {
    target: targetOf(...servers),
    loadBalancing: "round_robin",
  });
  const call = async () => (await client.methods.greet({ text: "" })).text;
  // The first calls come before the second connection stands.
  const seen = new Set<string>();
  while (seen.size < 2) seen.add(await call());
  const texts = [await call(), await call(), await call(), await call()];
  client.close();
  for (const server of servers) await server.close(1000);
  assertEquals([texts[0] !== texts[1], texts.slice(0, 2)], [true, texts.slice(2)]);
});

testWith(
  NEEDS,
  "connectRpc() with retries loses no call while its servers are rolled",
  async () => {
    const [a, b] = [await serveName("a", 0), await serveName("b", 0)];
    const client = connectRpc(greeter, {
      target: targetOf(a, b),
      loadBalancing: "round_robin",
      retry: { initialBackoffMs: 20 },
      reconnect: { initialBackoffMs: 20, maxBackoffMs: 50 },
    });
    const failures: unknown[] = [];
    const waiting = new Map<string, () => void>();
    let calls = 0;
    let going = true;

    async function caller(): Promise<void> {
      while (going) {
        try {
          const { text } = await client.methods.greet({ text: "" }, { timeoutMs: 10_000 });
          waiting.get(text)?.();
        } catch (error) {
          failures.push(error);
        }
        calls++;
      }
    }

    const answerFrom = (name: string) => new Promise<void>((resolve) => waiting.set(name, resolve));
    const callers = Array.from({ length: 8 }, caller);
    await Promise.all([answerFrom("a"), answerFrom("b")]);
    const rolled: RpcServer[] = [];
    for (const [old, name] of [[a, "a2"], [b, "b2"]] as const) {
      await old.close(5000);
      rolled.push(await serveName(name, old.address.port));
      await answerFrom(name);
    }
    going = false;
    await Promise.all(callers);
    client.close();
    for (const server of rolled) await server.close(1000);
    assertEquals(failures, []);
    assertGreater(calls, 0);
  },
);

testWith(
  NEEDS,
  "connectRpc() repeats only the methods and codes that the policy names",
  async () => {
    let calls = 0;
    const server = await serveRpc({
      services: [implement(greeter, {
        greet({ text }) {
          calls++;
          throw new RpcError(text as "UNAVAILABLE", "no");
        },
      })],
      hostname: "127.0.0.1",
      port: 0,
      log: memoryLogger([]),
    });
    const target = targetOf(server);
    const retry = { initialBackoffMs: 1, maxAttempts: 3 };
    const attempts = async (code: string, methods: string[]) => {
      const client = connectRpc(greeter, { target, retry: { ...retry, methods } });
      calls = 0;
      await assertRejects(() => client.methods.greet({ text: code }), RpcError);
      client.close();
      return calls;
    };
    const counts = [
      await attempts("UNAVAILABLE", ["test.Greeter/greet"]),
      await attempts("UNAVAILABLE", ["test.Greeter"]),
      await attempts("ABORTED", ["test.Greeter/greet"]),
      await attempts("UNAVAILABLE", ["test.Greeter/other"]),
    ];
    await server.close(1000);
    assertEquals(counts, [3, 3, 1, 1]);
  },
);

testWith(NEEDS, "connectRpc() with waitForReady waits for a server that starts later", async () => {
  const first = await serveName("gone", 0);
  await first.close(0);
  const client = connectRpc(greeter, {
    target: targetOf(first),
    waitForReady: true,
    reconnect: { initialBackoffMs: 10, maxBackoffMs: 20 },
  });
  await assertRejects(
    () => client.methods.greet({ text: "" }, { waitForReady: false }),
    RpcError,
    "ECONNREFUSED",
  );
  const waiting = client.methods.greet({ text: "" }, { timeoutMs: 10_000 });
  const second = await serveName("back", first.address.port);
  assertEquals(await waiting, { text: "back" });
  client.close();
  await second.close(1000);
});

testWith(NEEDS, "connectRpc() with keepalive gives up on a server that is silent", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepting = listener.accept();
  const client = connectRpc(greeter, {
    target: `127.0.0.1:${listener.addr.port}`,
    keepalive: { timeMs: 20, timeoutMs: 20 },
  });
  const call = client.methods.greet({ text: "" });
  using connection = await accepting;
  await connection.write(Uint8Array.from(frame(SETTINGS, 0, 0, [])));
  assertEquals((await assertRejects(() => call, RpcError)).code, "UNAVAILABLE");
  client.close();
});
