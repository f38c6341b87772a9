import { assertEquals, assertInstanceOf, assertLess, assertRejects, fail } from "@std/assert";
import net from "node:net";
import { testWith } from "../testing/permissions.ts";
import { connect, listen, TestClient, valueOf } from "./tcp/_testing.ts";
import { TcpExporter } from "./tcp.ts";

testWith(["net"], "TcpExporter goes on for one client when another leaves", async () => {
  await using exporter = await listen();
  const gauge = exporter.recorder.registerGauge("g", {});
  using staying = await connect(exporter);
  const leaving = await connect(exporter);
  assertEquals(exporter.clients, 2);
  leaving.close();
  let sent = 0;
  // The peer's reset comes in answer to a write.
  for (; exporter.clients === 2 && sent < 1000; sent++) {
    gauge.set(sent);
    assertEquals(valueOf(await staying.next()), sent);
  }
  assertEquals(exporter.clients, 1);
  for (const end = sent + 100; sent < end; sent++) {
    gauge.set(sent);
    assertEquals(valueOf(await staying.next()), sent);
  }
});

testWith(["net"], "TcpExporter survives a client killed in the middle of a frame", async () => {
  await using exporter = await listen({ bufferSize: 4 });
  const gauge = exporter.recorder.registerGauge("g", { padding: "x".repeat(1_000_000) });
  using staying = await connect(exporter);
  const killed = await connect(exporter);
  let sent = 0;
  const sendOne = async () => {
    gauge.set(sent);
    assertEquals(valueOf(await staying.next()), sent++);
  };
  while (exporter.dropped.client_full === 0) await sendOne();
  killed.close(); // With unread bytes, so the kernel answers with a reset.
  while (exporter.clients === 2 && sent < 1000) await sendOne();
  assertEquals(exporter.clients, 1);

  const { client_full: before } = exporter.dropped;
  for (let i = 0; i < 20; i++) await sendOne();
  assertEquals(exporter.dropped.client_full, before, "nothing is kept for the dead");
  using next = await connect(exporter);
  gauge.set(-1);
  assertEquals(valueOf(await next.next()), -1);
});

testWith(["net"], "TcpExporter accepts clients after a crowd of reset connections", async () => {
  await using exporter = await listen();
  const { hostname, port } = exporter.address;
  await Promise.all(
    Array.from({ length: 50 }, () =>
      new Promise<void>((resolve) => {
        const socket = net.connect(port, hostname, () => socket.resetAndDestroy());
        socket.once("close", () => resolve());
      })),
  );
  using client = await connect(exporter);
  exporter.recorder.registerGauge("g", {}).set(1);
  assertEquals(valueOf(await client.next()), 1);
});

testWith(["net"], "TcpExporter closes connections beyond maxClients, and counts them", async () => {
  await using exporter = await listen({ maxClients: 1 });
  using client = await connect(exporter);
  using refused = await TestClient.connect(exporter.address);
  assertEquals(await refused.next(), undefined);
  assertEquals([exporter.clients, exporter.refused], [1, 1]);
  exporter.recorder.registerGauge("g", {}).set(1);
  assertEquals(valueOf(await client.next()), 1);
});

testWith(
  ["net"],
  "TcpExporter gives the place of a client that may have left to a new one",
  async () => {
    await using exporter = await listen({ maxClients: 1 });
    const probe = await connect(exporter);
    probe.close();
    for (let attempt = 0; attempt < 1000; attempt++) {
      using client = await TestClient.connect(exporter.address);
      // Refused as long as the end of the probe's stream has not arrived.
      if (await client.next() === undefined) continue;
      exporter.recorder.registerGauge("g", {}).set(1);
      assertEquals(valueOf(await client.next()), 1);
      assertEquals(exporter.clients, 1);
      return;
    }
    fail("no place was given in 1000 attempts");
  },
);

testWith(["net"], "TcpExporter.close() sends what is queued and ends the streams", async () => {
  const exporter = await listen({ closeTimeout: 30_000 });
  using client = await connect(exporter);
  const gauge = exporter.recorder.registerGauge("g", {});
  for (let i = 0; i < 1000; i++) gauge.set(i);
  const start = performance.now();
  const closed = exporter.close();
  gauge.set(1000);
  for (let i = 0; i < 1000; i++) assertEquals(valueOf(await client.next()), i);
  assertEquals(await client.next(), undefined);
  await closed;
  assertLess(performance.now() - start, 10_000, "clients that take everything need no timeout");
  assertEquals(exporter.clients, 0);
  await assertRejects(() => TestClient.connect(exporter.address), Deno.errors.ConnectionRefused);
});

testWith(
  ["net"],
  "TcpExporter.close() waits no longer than closeTimeout for a stalled client",
  async () => {
    const exporter = await listen({ closeTimeout: 20 });
    using _stalled = await connect(exporter);
    const gauge = exporter.recorder.registerGauge("g", { padding: "x".repeat(100_000) });
    for (let i = 0; i < 500; i++) gauge.set(i);
    const start = performance.now();
    await exporter.close();
    assertLess(performance.now() - start, 1000);
    await exporter.close();
  },
);

testWith(["net"], "TcpExporter is closed by its signal", async () => {
  const stop = new AbortController();
  const exporter = await listen({ signal: stop.signal });
  using client = await connect(exporter);
  stop.abort();
  assertEquals(await client.next(), undefined);
  await exporter.close();
  await assertRejects(() => TcpExporter.listen({ signal: stop.signal }), DOMException);
});

testWith(["net"], "TcpExporter.listen() says which address it cannot have", async () => {
  await using exporter = await listen();
  const { hostname, port } = exporter.address;
  const error = await assertRejects(
    () => TcpExporter.listen({ hostname, port }),
    Error,
    `Cannot listen for metrics clients on 127.0.0.1:${port}: `,
  );
  assertInstanceOf(error.cause, Deno.errors.AddrInUse);
});

Deno.test("TcpExporter.listen() refuses options out of range", async () => {
  const error = await assertRejects(() => TcpExporter.listen({ bufferSize: 0 }), RangeError);
  assertEquals(
    error.message,
    "Cannot start the TCP exporter: 'bufferSize' must be an integer from 1 to 4294967296, current value is 0",
  );
  await assertRejects(() => TcpExporter.listen({ maxClients: 1.5 }), RangeError);
  await assertRejects(() => TcpExporter.listen({ closeTimeout: -1 }), RangeError);
});
