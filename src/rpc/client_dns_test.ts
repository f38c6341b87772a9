import { assertEquals } from "@std/assert";
import dns from "node:dns";
import { isIP } from "node:net";
import { greeter } from "../testing/greeter.ts";
import { serveName } from "../testing/named_server.ts";
import { testWith } from "../testing/permissions.ts";
import { connectRpc } from "./client.ts";

const NEEDS = ["net", "env"] as const;

/** Another address of this machine than 127.0.0.1; Linux alone has all of 127.0.0.0/8. */
const OTHER = Deno.build.os === "linux" ? "127.0.0.2" : "::1";

/** Runs `body` while DNS answers with what `addresses` returns, whatever name is asked for. */
async function withDns(addresses: () => string[], body: () => Promise<void>): Promise<void> {
  const { lookup } = dns.promises;
  const answer = () =>
    Promise.resolve(addresses().map((address) => ({ address, family: isIP(address) })));
  Object.assign(dns.promises, { lookup: answer });
  try {
    await body();
  } finally {
    Object.assign(dns.promises, { lookup });
  }
}

testWith(
  NEEDS,
  "connectRpc() with dns:/// and round_robin calls every address of the name",
  () =>
    withDns(() => ["127.0.0.1", OTHER], async () => {
      const a = await serveName("a", 0);
      const { port } = a.address;
      const b = await serveName("b", port, OTHER);
      const target = `dns:///server-headless.test:${port}`;
      const client = connectRpc(greeter, { target, loadBalancing: "round_robin" });
      const seen = new Set<string>();
      while (seen.size < 2) seen.add((await client.methods.greet({ text: "" })).text);
      client.close();
      await a.close(1000);
      await b.close(1000);
    }),
);

testWith(
  NEEDS,
  "connectRpc() follows a name to the addresses that it has after a roll",
  async () => {
    let address = "127.0.0.1";
    await withDns(() => [address], async () => {
      const old = await serveName("old", 0);
      const { port } = old.address;
      const client = connectRpc(greeter, {
        target: `dns:///server-headless.test:${port}`,
        loadBalancing: "round_robin",
        waitForReady: true,
        retry: { initialBackoffMs: 20 },
        reconnect: { initialBackoffMs: 20, maxBackoffMs: 50 },
        minResolutionIntervalMs: 20,
      });
      const call = () => client.methods.greet({ text: "" }, { timeoutMs: 10_000 });
      assertEquals(await call(), { text: "old" });
      const current = await serveName("new", port, OTHER);
      address = OTHER;
      await old.close(1000);
      assertEquals(await call(), { text: "new" });
      client.close();
      await current.close(1000);
    });
  },
);
