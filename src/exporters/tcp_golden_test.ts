/**
 * The stream of the reference implementation, recorded, against ours for the same calls.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { permitted } from "../testing/permissions.ts";
import { decodeFrame, splitFrames } from "./tcp/_decode.ts";
import { TestClient } from "./tcp/_testing.ts";
import type { Timestamp } from "./tcp/event.ts";
import { TcpExporter } from "./tcp.ts";

const RECORDING = new URL("../../../shared/reference/golden-tcp.bin", import.meta.url);

function isRecorded(): boolean {
  try {
    return Deno.statSync(RECORDING).isFile;
  } catch {
    return false;
  }
}

const reason = !permitted("net", "read")
  ? " (needs --allow-net --allow-read)"
  : !isRecorded()
  ? " (needs ../shared/reference/golden-tcp.bin)"
  : "";

Deno.test({
  name: `TcpExporter sends to the byte what the reference sends${reason}`,
  ignore: reason !== "",
  fn: async () => {
    const expected = Deno.readFileSync(RECORDING);
    const times = timestamps(expected);
    await using exporter = await TcpExporter.listen({
      hostname: "127.0.0.1",
      port: 0,
      clock: () => times.shift() ?? { seconds: 0, nanos: 0 },
    });
    const { recorder } = exporter;
    // In the order of the recording, which is that of the reference's hash table.
    recorder.describeCounter("foo_counter", "count", "just a counter");
    recorder.describeHistogram(
      "foo_histgram",
      "seconds",
      'latency of the "echo" API\nsecond line \\ backslash',
    );
    recorder.describeGauge("foo_gauge", undefined, "just a gauge");
    recorder.describeGauge("mem", "bytes", "memory");
    recorder.describeGauge("load", "percent", "load");
    recorder.describeCounter("sent", "bytes", "bytes sent");

    using client = await TestClient.connect(exporter.address);
    await client.more();

    const histogram = recorder.registerHistogram("foo_histgram", { api: "echo", result: "ok" });
    for (const value of [0.001, 0.002, 0.003, 0.25]) histogram.record(value);
    recorder.registerHistogram("foo_histgram", { result: "ok", api: "echo" }).record(0.5);
    recorder.registerCounter("foo_counter", {}).increment(1);
    recorder.registerCounter("foo_counter", {}).increment(0);
    recorder.registerCounter("abs", {}).absolute(42);
    recorder.registerCounter("abs", {}).absolute(40);
    recorder.registerGauge("foo_gauge", {}).increment(10);
    recorder.registerGauge("foo_gauge", {}).decrement(2.5);
    recorder.registerGauge("mem", { kind: "heap" }).set(1_048_576);
    recorder.registerGauge("load", {}).set(0);
    recorder.registerCounter("sent", {}).increment(12_345_678_901_234n);
    recorder.registerGauge("weird.name-1", { "1bad-key": 'va"l\\ue\nx', "__dunder": "日本" })
      .set(NaN);
    recorder.registerGauge("inf", {}).set(Infinity);
    recorder.registerGauge("tiny", {}).set(1e-10);
    recorder.registerGauge("huge", {}).set(1e22);
    recorder.describeGauge("late", "seconds", "described after connect");
    recorder.registerGauge("late", {}).set(1);

    await exporter.close();
    const actual = await client.all();
    assertEquals(splitFrames(actual).map(decodeFrame), splitFrames(expected).map(decodeFrame));
    assertEquals([...actual], [...expected]);
  },
});

function timestamps(recording: Uint8Array): Timestamp[] {
  return splitFrames(recording).map(decodeFrame).flatMap(({ metric }) =>
    metric === undefined
      ? []
      : [{ seconds: Number(metric.timestamp.seconds), nanos: metric.timestamp.nanos }]
  );
}
