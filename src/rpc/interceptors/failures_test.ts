import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { DebuggingRecorder, findMetric } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { callEnd } from "../../testing/calls.ts";
import { memoryLogger, withGreeter } from "../../testing/greeter.ts";
import { testWith } from "../../testing/permissions.ts";
import type { Call } from "../interceptor.ts";
import { Metadata } from "../metadata.ts";
import { RpcError } from "../status.ts";
import { reportFailures } from "./failures.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";

testWith(
  ["net", "env"],
  "reportFailures() logs method, peer, trace and stack of a handler that fails",
  () =>
    withGreeter(() => {
      throw new TypeError("a bug");
    }, async ({ client, logged }) => {
      const metadata = new Metadata({ traceparent: `00-${TRACE}-b7ad6b7169203331-00` });
      await assertRejects(() => client.methods.greet({ text: "" }, { metadata }), RpcError);
      const { time: _, error, peer, ...line } = JSON.parse(logged[0] ?? "{}");
      assertEquals(line, {
        level: "error",
        message: "a handler failed",
        method: "/test.Greeter/greet",
        "trace_id": TRACE,
      });
      assertMatch(peer, /^127\.0\.0\.1:\d+$/);
      assertMatch(error, /TypeError: a bug\n.*failures_test\.ts/s);
    }),
);

Deno.test("reportFailures() counts every failure, and does not log them without end", () => {
  const call: Call = {
    side: "server",
    method: { path: "/a.B/c", service: "a.B", name: "c", kind: "unary" },
    metadata: new Metadata(),
    peer: "unknown",
    deadline: undefined,
    signal: new AbortController().signal,
    end() {},
  };
  const lines: string[] = [];
  const recorder = new DebuggingRecorder();
  withRecorder(recorder, () => {
    const interceptor = reportFailures(memoryLogger(lines));
    const end = (error: unknown) =>
      interceptor.started?.(call)?.finished?.(callEnd("INTERNAL", 1, error), call);
    for (let i = 0; i < 1000; i++) end(new Error("a bug"));
    end(new RpcError("INTERNAL", "meant"));
    end(undefined);
  });
  const labels = { "grpc_service": "a.B", "grpc_method": "c" };
  const counted = findMetric(
    recorder.snapshot(),
    "counter",
    "grpc_server_handler_failures_total",
    labels,
  );
  assertEquals(counted.value, 1000);
  // The clock may pass from one second to the next meanwhile.
  assertEquals([100, 200].includes(lines.length), true, `${lines.length} lines`);
});
