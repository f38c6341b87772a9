import { assertEquals, assertThrows } from "@std/assert";
import { DebuggingRecorder } from "../debugging.ts";
import type { Recorder } from "../recorder.ts";
import { router } from "./router.ts";

function register(recorder: Recorder, name: string): void {
  recorder.describeCounter(name, undefined, "help");
  recorder.describeGauge(name, undefined, "help");
  recorder.describeHistogram(name, undefined, "help");
  recorder.registerCounter(name, {});
  recorder.registerGauge(name, {});
  recorder.registerHistogram(name, {});
}

function seen(recorder: DebuggingRecorder): string[] {
  return recorder.snapshot().map(({ kind, name, help }) => `${kind} ${name} ${help}`);
}

Deno.test("router() sends each kind to its own routes, descriptions included", () => {
  const [rest, gauges] = [new DebuggingRecorder(), new DebuggingRecorder()];
  const routed = router(rest, [{ kinds: ["gauge"], prefix: "foo", recorder: gauges }]);
  register(routed, "foo_x");
  register(routed, "bar");
  assertEquals(seen(gauges), ["gauge foo_x help"]);
  assertEquals(seen(rest), [
    "counter foo_x help",
    "histogram foo_x help",
    "counter bar help",
    "gauge bar help",
    "histogram bar help",
  ]);
});

Deno.test("router() takes the longest prefix, whatever the order of routes", () => {
  const [rest, short, long] = Array.from({ length: 3 }, () => new DebuggingRecorder()) as [
    DebuggingRecorder,
    DebuggingRecorder,
    DebuggingRecorder,
  ];
  const routed = router(rest, [
    { kinds: "all", prefix: "a", recorder: short },
    { kinds: ["counter", "histogram"], prefix: "abc", recorder: long },
  ]);
  for (const name of ["abcd", "ab", "ba"]) routed.registerCounter(name, {});
  routed.registerGauge("abcd", {});
  assertEquals(long.snapshot().map(({ name }) => name), ["abcd"]);
  assertEquals(short.snapshot().map(({ kind, name }) => `${kind} ${name}`), [
    "counter ab",
    "gauge abcd",
  ]);
  assertEquals(rest.snapshot().map(({ name }) => name), ["ba"]);
});

Deno.test("router() lets a later route replace an earlier one for its kinds only", () => {
  const [rest, first, second] = Array.from({ length: 3 }, () => new DebuggingRecorder()) as [
    DebuggingRecorder,
    DebuggingRecorder,
    DebuggingRecorder,
  ];
  const routed = router(rest, [
    { kinds: "all", prefix: "", recorder: first },
    { kinds: ["gauge"], prefix: "", recorder: second },
  ]);
  register(routed, "m");
  assertEquals(seen(second), ["gauge m help"]);
  assertEquals(seen(first), ["counter m help", "histogram m help"]);
  assertEquals(seen(rest), []);
});

Deno.test("router() refuses a route without kinds", () => {
  const recorder = new DebuggingRecorder();
  assertThrows(
    () => router(recorder, [{ kinds: [], prefix: "foo", recorder }]),
    RangeError,
    "'foo' has no kinds",
  );
});
