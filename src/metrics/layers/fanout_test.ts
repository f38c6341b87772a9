import { assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { DebuggingRecorder } from "../debugging.ts";
import { fanout } from "./fanout.ts";

Deno.test("fanout() tells every recorder everything", () => {
  const [a, b] = [new DebuggingRecorder(), new DebuggingRecorder()];
  const both = fanout(a, b);
  both.describeCounter("c", "bytes", "a counter");
  both.describeGauge("g", undefined, "a gauge");
  both.describeHistogram("h", "seconds", "a histogram");
  const counter = both.registerCounter("c", { x: "1" });
  counter.increment();
  counter.increment(2n ** 60n);
  counter.absolute(5);
  const gauge = both.registerGauge("g", {});
  gauge.set(10);
  gauge.increment();
  gauge.increment(0.5);
  gauge.decrement();
  gauge.decrement(3);
  const histogram = both.registerHistogram("h", {});
  histogram.record(1);
  histogram.recordMany(2, 2);
  const expected = a.snapshot();
  assertEquals(expected.map((m) => m.kind === "histogram" ? m.values : m.value), [
    2n ** 60n + 1n,
    7.5,
    [1, 2, 2],
  ]);
  assertEquals(b.snapshot(), expected);
});

Deno.test("fanout() gives the same handle for the same series, and others for others", () => {
  const both = fanout(new DebuggingRecorder(), new DebuggingRecorder());
  const handle = both.registerCounter("c", { a: "1", b: "2" });
  assertStrictEquals(both.registerCounter("c", { b: "2", a: "1" }), handle);
  assertNotStrictEquals(both.registerCounter("c", { a: "1" }), handle);
});

Deno.test("fanout() of no recorders forgets", () => {
  fanout().registerGauge("g", {}).set(1);
});
