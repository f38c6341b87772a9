import { assertEquals } from "@std/assert";
import { decodeFrame, splitFrames } from "./_decode.ts";
import { OPERATION, type Operation } from "./event.ts";
import { type Outlet, TcpRecorder } from "./recorder.ts";

class FakeOutlet implements Outlet {
  isOpen = true;
  readonly sent: [Operation, number | bigint, number][] = [];

  send(_series: unknown, operation: Operation, value: number | bigint, times = 1): void {
    this.sent.push([operation, value, times]);
  }
}

/** Calls every method of every handle. */
function recordEverything(recorder: TcpRecorder): void {
  const counter = recorder.registerCounter("c", {});
  counter.increment();
  counter.increment(3n);
  counter.absolute(42);
  const gauge = recorder.registerGauge("g", {});
  gauge.increment();
  gauge.decrement();
  gauge.set(7);
  const histogram = recorder.registerHistogram("h", {});
  histogram.record(0.5);
  histogram.recordMany(0.25, 3);
}

Deno.test("TcpRecorder passes every operation on as it is", () => {
  const outlet = new FakeOutlet();
  recordEverything(new TcpRecorder(outlet));
  assertEquals(outlet.sent, [
    [OPERATION.incrementCounter, 1, 1],
    [OPERATION.incrementCounter, 3n, 1],
    [OPERATION.setCounter, 42, 1],
    [OPERATION.incrementGauge, 1, 1],
    [OPERATION.decrementGauge, 1, 1],
    [OPERATION.setGauge, 7, 1],
    [OPERATION.recordHistogram, 0.5, 1],
    [OPERATION.recordHistogram, 0.25, 3],
  ]);
});

Deno.test("TcpRecorder sends nothing while nobody listens, by handles old and new", () => {
  const outlet = new FakeOutlet();
  const recorder = new TcpRecorder(outlet);
  const old = recorder.registerCounter("c", {});
  outlet.isOpen = false;
  recordEverything(recorder);
  old.increment();
  assertEquals(outlet.sent, []);
  outlet.isOpen = true;
  old.increment();
  assertEquals(outlet.sent.length, 1);
});

Deno.test("TcpRecorder knows a name once: its first kind, its last unit and help", () => {
  const recorder = new TcpRecorder(new FakeOutlet());
  recorder.describeCounter("twice", "bytes", "first");
  recorder.describeHistogram("other", "seconds", "in between");
  recorder.describeGauge("twice", undefined, "last");
  assertEquals(splitFrames(recorder.encodeDescriptions()).map(decodeFrame), [
    { metadata: { name: "twice", descriptionValue: "last" } },
    {
      metadata: {
        name: "other",
        metricType: "HISTOGRAM",
        unitValue: "seconds",
        descriptionValue: "in between",
      },
    },
  ]);
});

Deno.test("TcpRecorder keeps the labels that a series was registered with", () => {
  const labels = { code: "OK" };
  const recorder = new TcpRecorder({
    isOpen: true,
    send: (series) => sent.push(new TextDecoder().decode(series.encoded.labels)),
  });
  const sent: string[] = [];
  const counter = recorder.registerCounter("c", labels);
  labels.code = "UNKNOWN";
  counter.increment();
  assertEquals(sent, ["\x1a\x0a\x0a\x04code\x12\x02OK"]);
});
