import { assertEquals, assertThrows } from "@std/assert";
import { DebuggingRecorder, findMetric } from "./debugging.ts";

Deno.test("DebuggingRecorder.snapshot() has every series in the order of registration", () => {
  const recorder = new DebuggingRecorder();
  recorder.registerHistogram("seconds", {}).record(0.5);
  recorder.registerCounter("jobs", { queue: "b" }).increment();
  recorder.registerGauge("jobs", {}).set(-2.5);
  recorder.registerCounter("jobs", { queue: "a" });
  recorder.registerHistogram("seconds", {}).recordMany(0.25, 2);
  assertEquals(recorder.snapshot(), [
    { kind: "histogram", name: "seconds", labels: {}, values: [0.5, 0.25, 0.25] },
    { kind: "counter", name: "jobs", labels: { queue: "b" }, value: 1 },
    { kind: "gauge", name: "jobs", labels: {}, value: -2.5 },
    { kind: "counter", name: "jobs", labels: { queue: "a" }, value: 0 },
  ]);
});

Deno.test("DebuggingRecorder.snapshot() sets everything to zero, and handles go on", () => {
  const recorder = new DebuggingRecorder();
  const counter = recorder.registerCounter("c", {});
  const gauge = recorder.registerGauge("g", {});
  const histogram = recorder.registerHistogram("h", {});
  const values = () => recorder.snapshot().map((m) => m.kind === "histogram" ? m.values : m.value);
  counter.absolute(2n ** 63n);
  gauge.increment(3);
  histogram.record(1);
  assertEquals(values(), [2n ** 63n, 3, [1]]);
  assertEquals(values(), [0, 0, []]);
  counter.absolute(5);
  gauge.decrement();
  histogram.record(NaN);
  assertEquals(values(), [5, -1, [NaN]]);
});

Deno.test("DebuggingRecorder.snapshot() has unit and help of what was registered only", () => {
  const recorder = new DebuggingRecorder();
  recorder.describeCounter("sent", "bytes", "bytes sent");
  recorder.describeGauge("sent", undefined, "another thing");
  recorder.describeGauge("never", "seconds", "described only");
  recorder.describeHistogram("took", undefined, "replaced below");
  recorder.describeHistogram("took", "seconds", "time taken");
  recorder.registerCounter("sent", {});
  recorder.registerGauge("sent", {});
  recorder.registerHistogram("took", {});
  assertEquals(recorder.snapshot(), [
    { kind: "counter", name: "sent", labels: {}, unit: "bytes", help: "bytes sent", value: 0 },
    { kind: "gauge", name: "sent", labels: {}, help: "another thing", value: 0 },
    {
      kind: "histogram",
      name: "took",
      labels: {},
      unit: "seconds",
      help: "time taken",
      values: [],
    },
  ]);
});

Deno.test("DebuggingRecorder gives the same handle for labels in any order", () => {
  const recorder = new DebuggingRecorder();
  recorder.registerCounter("c", { a: "1", b: "2" }).increment();
  recorder.registerCounter("c", { b: "2", a: "1" }).increment();
  assertEquals(recorder.snapshot().length, 1);
});

Deno.test("findMetric() finds one series, typed by its kind", () => {
  const recorder = new DebuggingRecorder();
  recorder.registerHistogram("h", { a: "1", b: "2" }).record(7);
  recorder.registerCounter("h", { a: "1", b: "2" }).increment();
  const metrics = recorder.snapshot();
  assertEquals(findMetric(metrics, "histogram", "h", { b: "2", a: "1" }).values, [7]);
  assertEquals(findMetric(metrics, "counter", "h", { a: "1", b: "2" }).value, 1);
});

Deno.test("findMetric() lists what there is when it finds nothing", () => {
  const recorder = new DebuggingRecorder();
  recorder.registerCounter("jobs", { queue: 'a"b' });
  assertThrows(
    () => findMetric(recorder.snapshot(), "gauge", "jobs"),
    Error,
    'Cannot find gauge jobs{} among 1 metrics:\n  counter jobs{queue="a\\"b"}',
  );
});
