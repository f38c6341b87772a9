import { assert, assertEquals, assertRejects } from "@std/assert";
import { DebuggingRecorder, findMetric } from "../metrics/debugging.ts";
import { withRecorder } from "../metrics/mod.ts";
import type { CallContext } from "../rpc/handler.ts";
import { Metadata } from "../rpc/metadata.ts";
import { echo, measured } from "./echo.ts";

const context: CallContext = {
  method: { path: "/foo.Foo/echo", service: "foo.Foo", name: "echo", kind: "unary" },
  metadata: new Metadata(),
  responseHeaders: new Metadata(),
  responseTrailers: new Metadata(),
  peer: "127.0.0.1:1",
  deadline: undefined,
  remaining: () => Infinity,
  signal: new AbortController().signal,
  isRequestCompressed: false,
  compressReplies: false,
};

Deno.test("echo() greets by name", async () => {
  assertEquals(await echo({ name: "Deno" }, context), { message: "Hello Deno!" });
  assertEquals(await echo({ name: "" }, context), { message: "Hello !" });
});

Deno.test("echo() records each call under the names of the original example", async () => {
  const recorder = new DebuggingRecorder();
  await withRecorder(recorder, async () => {
    await echo({ name: "a" }, context);
    await echo({ name: "b" }, context);
  });
  const metrics = recorder.snapshot();
  assertEquals(findMetric(metrics, "counter", "foo_counter").value, 2);
  assertEquals(findMetric(metrics, "gauge", "foo_gauge").value, 20);
  const { values } = findMetric(metrics, "histogram", "foo_histgram", {
    api: "echo",
    result: "ok",
  });
  assertEquals(values.length, 2);
  assert(values.every((seconds) => seconds >= 0 && seconds < 1), `in seconds: ${values}`);
});

Deno.test("measured() records a call that fails with result error, and lets the error through", async () => {
  const recorder = new DebuggingRecorder();
  const broken = measured("other", () => {
    throw new TypeError("a bug");
  });
  await withRecorder(
    recorder,
    () => assertRejects(async () => await broken({}, context), TypeError, "a bug"),
  );
  const metrics = recorder.snapshot();
  const labels = { api: "other", result: "error" };
  assertEquals(findMetric(metrics, "histogram", "foo_histgram", labels).values.length, 1);
  assertEquals(findMetric(metrics, "counter", "foo_counter").value, 1);
});
