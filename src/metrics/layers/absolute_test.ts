import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { DebuggingRecorder } from "../debugging.ts";
import { absolute } from "./absolute.ts";

function values(recorder: DebuggingRecorder) {
  return recorder.snapshot().map((m) => m.kind === "histogram" ? m.values : m.value);
}

Deno.test("absolute() adds the differences between totals, and nothing when a total falls", () => {
  const recorder = new DebuggingRecorder();
  const counter = absolute(["total"])(recorder).registerCounter("rx_total", {});
  counter.increment(40);
  counter.increment(42);
  assertEquals(values(recorder), [42]);
  counter.increment(41);
  for (const none of [NaN, Infinity, 99.5, -1]) counter.increment(none);
  counter.absolute(42);
  assertEquals(values(recorder), [0]);
  counter.absolute(50n);
  counter.increment(2n ** 63n + 1n);
  assertEquals(values(recorder), [2n ** 63n + 1n - 42n]);
});

Deno.test("absolute() remembers the last total of a series across registrations", () => {
  const recorder = new DebuggingRecorder();
  const layered = absolute(["total"])(recorder);
  layered.registerCounter("rx_total", { a: "1" }).increment(10);
  layered.registerCounter("rx_total", { a: "2" }).increment(7);
  layered.registerCounter("rx_total", { a: "1" }).increment(12);
  assertEquals(values(recorder), [12, 7]);
});

Deno.test("absolute() leaves other counters and other kinds alone", () => {
  const recorder = new DebuggingRecorder();
  const layered = absolute(["total"])(recorder);
  assertStrictEquals(layered.registerCounter("c", {}), recorder.registerCounter("c", {}));
  layered.describeCounter("c", undefined, "a counter");
  layered.describeGauge("total", undefined, "a gauge");
  layered.describeHistogram("total", undefined, "a histogram");
  layered.registerGauge("total", {}).increment();
  layered.registerGauge("total", {}).increment();
  layered.registerHistogram("total", {}).record(1);
  assertEquals(values(recorder), [0, 2, [1]]);
});

Deno.test("absolute() refuses an empty pattern", () => {
  assertThrows(() => absolute([""]), RangeError, "empty pattern");
});
