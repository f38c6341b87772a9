import { assert, assertEquals } from "@std/assert";
import { testWith } from "../testing/permissions.ts";
import { connect, listen, valueOf } from "./tcp/_testing.ts";

testWith(
  ["net"],
  "TcpExporter sends metadata first, then every operation with its time",
  async () => {
    await using exporter = await listen({ clock: () => ({ seconds: 7, nanos: 9 }) });
    using client = await connect(exporter);
    exporter.recorder.registerCounter("c", { b: "2", a: "1" }).increment(2n ** 60n + 1n);
    exporter.recorder.registerHistogram("h", {}).recordMany(0.5, 2);
    const timestamp = { seconds: "7", nanos: 9 };
    assertEquals(await client.next(), {
      metric: {
        name: "c",
        timestamp,
        labels: { a: "1", b: "2" },
        incrementCounter: "1152921504606846977",
      },
    });
    const sample = { metric: { name: "h", timestamp, recordHistogram: 0.5 } };
    assertEquals(await client.next(), sample);
    assertEquals(await client.next(), sample);
  },
);

testWith(
  ["net"],
  "TcpExporter tells the time of the system unless it is given a clock",
  async () => {
    await using exporter = await listen();
    using client = await connect(exporter);
    const before = Date.now();
    exporter.recorder.registerGauge("g", {}).set(1);
    const timestamp = (await client.next())?.metric?.timestamp;
    assert(timestamp !== undefined);
    const milliseconds = Number(timestamp.seconds) * 1000 + timestamp.nanos / 1e6;
    assert(milliseconds >= before && milliseconds <= Date.now(), `${milliseconds}`);
  },
);

testWith(
  ["net"],
  "TcpExporter repeats nothing that was recorded before a client came",
  async () => {
    await using exporter = await listen();
    const gauge = exporter.recorder.registerGauge("g", {});
    gauge.set(1);
    using first = await connect(exporter);
    gauge.set(2);
    assertEquals(valueOf(await first.next()), 2);
    using second = await connect(exporter);
    gauge.set(3);
    assertEquals(valueOf(await second.next()), 3);
    assertEquals(valueOf(await first.next()), 3);
  },
);

testWith(["net"], "TcpExporter shows a late description to later clients only", async () => {
  await using exporter = await listen();
  using early = await connect(exporter);
  exporter.recorder.describeGauge("late", "seconds", "described after connect");
  exporter.recorder.registerGauge("late", {}).set(1);
  assertEquals(valueOf(await early.next()), 1);
  using later = await connect(exporter);
  assertEquals((await later.next())?.metadata, {
    name: "late",
    metricType: "GAUGE",
    unitValue: "seconds",
    descriptionValue: "described after connect",
  });
});

testWith(["net"], "TcpExporter keeps a client that only listens", async () => {
  await using exporter = await listen();
  using client = await connect(exporter);
  await client.closeWrite();
  const gauge = exporter.recorder.registerGauge("g", {});
  for (let i = 0; i < 10; i++) {
    gauge.set(i);
    assertEquals(valueOf(await client.next()), i);
  }
});
