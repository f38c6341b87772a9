import { assertEquals } from "@std/assert";
import { DebuggingRecorder } from "../debugging.ts";
import { filter } from "./filter.ts";
import { prefix } from "./prefix.ts";
import { Stack } from "./stack.ts";

const names = (recorder: DebuggingRecorder) => recorder.snapshot().map(({ name }) => name);

Deno.test("Stack.push() puts the later layer outside", () => {
  const recorder = new DebuggingRecorder();
  const stack = new Stack(recorder).push(prefix("inner")).push(prefix("outer"));
  stack.registerCounter("c", {});
  assertEquals(names(recorder), ["inner.outer.c"]);
});

Deno.test("Stack.push() lets a filter outside a prefix see names without it", () => {
  const recorder = new DebuggingRecorder();
  const outside = new Stack(recorder).push(prefix("app")).push(filter(["app"]));
  outside.registerCounter("c", {});
  const inside = new Stack(recorder).push(filter(["app"])).push(prefix("app"));
  inside.registerCounter("d", {});
  assertEquals(names(recorder), ["app.c"]);
});

Deno.test("Stack.push() leaves the stack as it was", () => {
  const recorder = new DebuggingRecorder();
  const stack = new Stack(recorder);
  stack.push(prefix("app"));
  stack.registerCounter("c", {});
  assertEquals(names(recorder), ["c"]);
});

Deno.test("Stack passes on everything that a recorder can be told", () => {
  const recorder = new DebuggingRecorder();
  const stack = new Stack(recorder);
  stack.describeCounter("c", "count", "a counter");
  stack.describeGauge("g", "percent", "a gauge");
  stack.describeHistogram("h", "seconds", "a histogram");
  stack.registerCounter("c", { a: "1" }).increment();
  stack.registerGauge("g", {}).set(2);
  stack.registerHistogram("h", {}).record(3);
  assertEquals(recorder.snapshot(), [
    { kind: "counter", name: "c", labels: { a: "1" }, unit: "count", help: "a counter", value: 1 },
    { kind: "gauge", name: "g", labels: {}, unit: "percent", help: "a gauge", value: 2 },
    { kind: "histogram", name: "h", labels: {}, unit: "seconds", help: "a histogram", values: [3] },
  ]);
});
