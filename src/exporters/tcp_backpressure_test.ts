import { assertEquals, assertGreater } from "@std/assert";
import { testWith } from "../testing/permissions.ts";
import { connect, listen, valueOf } from "./tcp/_testing.ts";
import type { DropReason, TcpExporter } from "./tcp.ts";

testWith(
  ["net"],
  "TcpExporter drops the newest of what one turn records beyond bufferSize",
  async () => {
    const told: [DropReason, number][] = [];
    await using exporter = await listen({
      bufferSize: 3,
      onDrop: (...drop) => told.push(drop),
    });
    using client = await connect(exporter);
    const gauge = exporter.recorder.registerGauge("g", {});
    for (let i = 0; i < 10; i++) gauge.set(i);
    exporter.recorder.registerHistogram("h", {}).recordMany(1, 1e12);
    for (let i = 0; i < 3; i++) assertEquals(valueOf(await client.next()), i);
    gauge.set(10);
    assertEquals(valueOf(await client.next()), 10);
    assertEquals(told, [["queue_full", 1e12 + 7]]);
    assertEquals(exporter.dropped, { queue_full: 1e12 + 7, client_full: 0, invalid_value: 0 });
  },
);

testWith(
  ["net"],
  "TcpExporter does not send what onDrop records, or drops would feed drops",
  async () => {
    let calls = 0;
    await using exporter: TcpExporter = await listen({
      bufferSize: 1,
      onDrop: (_, count) => {
        calls++;
        exporter.recorder.registerCounter("dropped", {}).increment(count);
      },
    });
    using client = await connect(exporter);
    const gauge = exporter.recorder.registerGauge("g", {});
    gauge.set(1);
    gauge.set(2);
    assertEquals(valueOf(await client.next()), 1);
    gauge.set(3);
    assertEquals(valueOf(await client.next()), 3);
    assertEquals(calls, 1);
  },
);

testWith(["net"], "TcpExporter drops and counts counter values that are no uint64", async () => {
  await using exporter = await listen();
  using client = await connect(exporter);
  const counter = exporter.recorder.registerCounter("c", {});
  for (const value of [-1, 0.5, NaN, Infinity, -1n, 2n ** 64n]) counter.increment(value);
  exporter.recorder.registerHistogram("h", {}).recordMany(1, 1.5);
  counter.absolute(5);
  assertEquals((await client.next())?.metric?.setCounter, "5");
  assertEquals(exporter.dropped.invalid_value, 7);
});

testWith(
  ["net"],
  "TcpExporter drops whole frames, the oldest first, for a slow client alone",
  async () => {
    await using exporter = await listen({ bufferSize: 16 });
    const gauge = exporter.recorder.registerGauge("g", { padding: "x".repeat(50_000) });
    using fast = await connect(exporter);
    using slow = await connect(exporter);

    // The slow one reads nothing until what the kernel holds for it and its queue are full.
    let sent = 0;
    while (exporter.dropped.client_full < 100) {
      for (const end = sent + 8; sent < end; sent++) gauge.set(sent);
      for (let i = sent - 8; i < sent; i++) assertEquals(valueOf(await fast.next()), i);
    }

    const received: number[] = [];
    while (received.at(-1) !== sent - 1) received.push(valueOf(await slow.next()));
    assertEquals(received.length + exporter.dropped.client_full, sent);
    const gap = received.findIndex((value, i) => value !== i);
    assertGreater(gap, 0);
    assertEquals(received.slice(gap), range(sent - 16, sent), "the newest 16 were in its queue");

    gauge.set(sent);
    assertEquals(valueOf(await slow.next()), sent);
  },
);

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
