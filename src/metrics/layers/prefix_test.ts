import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { DebuggingRecorder } from "../debugging.ts";
import { prefix } from "./prefix.ts";

Deno.test("prefix() goes before names of every kind, and of their descriptions, with a dot", () => {
  const recorder = new DebuggingRecorder();
  const layered = prefix("app")(recorder);
  layered.describeCounter("c", undefined, "a counter");
  layered.describeGauge("g", undefined, "a gauge");
  layered.describeHistogram("h", undefined, "a histogram");
  layered.registerCounter("c", {});
  layered.registerGauge("g", {});
  layered.registerHistogram("h", {});
  assertEquals(recorder.snapshot().map(({ name, help }) => [name, help]), [
    ["app.c", "a counter"],
    ["app.g", "a gauge"],
    ["app.h", "a histogram"],
  ]);
});

Deno.test("prefix() hands out the recorder's own handles", () => {
  const recorder = new DebuggingRecorder();
  const handle = prefix("app")(recorder).registerCounter("c", {});
  assertStrictEquals(handle, recorder.registerCounter("app.c", {}));
});

Deno.test("prefix() refuses to be empty", () => {
  assertThrows(() => prefix(""), RangeError, "must not be empty");
});
