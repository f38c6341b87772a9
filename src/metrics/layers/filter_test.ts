import { assertEquals, assertThrows } from "@std/assert";
import { DebuggingRecorder } from "../debugging.ts";
import { filter } from "./filter.ts";

Deno.test("filter() leaves out names that contain a pattern, of every kind", () => {
  const recorder = new DebuggingRecorder();
  const layered = filter(["tiny", "huge"])(recorder);
  for (const name of ["tiny", "not_huge_at_all", "Tiny", "kept"]) {
    layered.describeCounter(name, undefined, name);
    layered.describeGauge(name, undefined, name);
    layered.describeHistogram(name, undefined, name);
    layered.registerCounter(name, {}).increment();
    layered.registerGauge(name, {}).set(1);
    layered.registerHistogram(name, {}).record(1);
  }
  const kept = recorder.snapshot().map(({ kind, name }) => `${kind} ${name}`);
  const kinds = ["counter", "gauge", "histogram"];
  assertEquals(kept, ["Tiny", "kept"].flatMap((name) => kinds.map((kind) => `${kind} ${name}`)));
});

Deno.test("filter() drops the descriptions of what it leaves out", () => {
  const recorder = new DebuggingRecorder();
  filter(["c"])(recorder).describeCounter("c", "bytes", "dropped");
  recorder.registerCounter("c", {});
  assertEquals(recorder.snapshot(), [{ kind: "counter", name: "c", labels: {}, value: 0 }]);
});

Deno.test("filter() takes small and capital letters for the same when asked to", () => {
  const recorder = new DebuggingRecorder();
  const layered = filter(["DEBUG", "Größe"], { caseInsensitive: true })(recorder);
  for (const name of ["a_debug_b", "GRÖSSE", "GRÖßE", "kept"]) layered.registerCounter(name, {});
  assertEquals(recorder.snapshot().map(({ name }) => name), ["GRÖSSE", "kept"]);
});

Deno.test("filter() without patterns leaves out nothing, and refuses an empty one", () => {
  const recorder = new DebuggingRecorder();
  filter([])(recorder).registerCounter("c", {});
  assertEquals(recorder.snapshot().length, 1);
  assertThrows(() => filter(["a", ""]), RangeError, "empty pattern");
});
