import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DebuggingRecorder } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { callEnd, testCall } from "../../testing/calls.ts";
import { greeter, withGreeter } from "../../testing/greeter.ts";
import { testWith } from "../../testing/permissions.ts";
import { connectRpc } from "../client.ts";
import { RpcError } from "../status.ts";
import { limitConcurrency } from "./limit_concurrency.ts";

const END = callEnd("OK");

Deno.test("limitConcurrency() refuses a call above the limit until one of those running ends", () => {
  const limit = limitConcurrency({ maxConcurrentCalls: 2 });
  const first = testCall();
  const reporter = limit.started?.(first);
  limit.admit?.(first);
  limit.admit?.(testCall());
  const third = testCall();
  const refusedReporter = limit.started?.(third);
  const error = assertThrows(() => limit.admit?.(third), RpcError);
  assertEquals(error.code, "RESOURCE_EXHAUSTED");
  refusedReporter?.finished?.(END, third);
  assertThrows(() => limit.admit?.(testCall()), RpcError, "runs 2 calls");
  reporter?.finished?.(END, first);
  limit.admit?.(testCall());
});

Deno.test("limitConcurrency() tells when to try again, for programs and for retry policies", () => {
  const limit = limitConcurrency({ maxConcurrentCalls: 1, retryDelayMs: 250 });
  limit.admit?.(testCall());
  const error = assertThrows(() => limit.admit?.(testCall()), RpcError);
  assertEquals(error.details, [{ type: "RetryInfo", retryDelayMs: 250 }]);
  assertEquals(error.trailers.get("grpc-retry-pushback-ms"), "250");
});

Deno.test("limitConcurrency() neither counts nor refuses health checks, or what is exempt", () => {
  const health = testCall("/grpc.health.v1.Health/Watch");
  const limit = limitConcurrency({ maxConcurrentCalls: 1 });
  limit.admit?.(health);
  limit.admit?.(testCall());
  limit.admit?.(health);
  const own = limitConcurrency({ maxConcurrentCalls: 1, exempt: ({ name }) => name === "free" });
  own.admit?.(testCall("/test.Greeter/free"));
  own.admit?.(health);
  own.admit?.(testCall("/test.Greeter/free"));
  assertThrows(() => own.admit?.(health), RpcError);
});

Deno.test("limitConcurrency() counts refusals, from zero", () => {
  const recorder = new DebuggingRecorder();
  const limit = withRecorder(recorder, () => limitConcurrency({ maxConcurrentCalls: 1 }));
  const series = {
    kind: "counter",
    name: "grpc_server_refused_total",
    labels: { reason: "concurrency" },
  } as const;
  assertEquals(recorder.snapshot(), [{ ...series, value: 0 }]);
  limit.admit?.(testCall());
  assertThrows(() => limit.admit?.(testCall()), RpcError);
  assertEquals(recorder.snapshot(), [{ ...series, value: 1 }]);
});

Deno.test("limitConcurrency() says what is wrong with an option", () => {
  assertThrows(
    () => limitConcurrency({ maxConcurrentCalls: 0 }),
    RangeError,
    "Cannot use 'maxConcurrentCalls': it must be an integer from 1 to 1000000, current value is 0",
  );
  assertThrows(() => limitConcurrency({ maxConcurrentCalls: 1, retryDelayMs: -1 }), RangeError);
});

testWith(["net", "env"], "limitConcurrency() refuses calls of a server that is full", async () => {
  const release = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const handler = async () => {
    entered.resolve();
    await release.promise;
    return { text: "done" };
  };
  // Given first, it hears of the end after the limit has.
  const last = {
    started: () => ({
      finished: ({ code }: { code: string }) => code === "OK" ? ended.resolve() : undefined,
    }),
  };
  await withGreeter(handler, async ({ client }) => {
    const running = client.methods.greet({ text: "" });
    await entered.promise;
    const error = await assertRejects(() => client.methods.greet({ text: "" }), RpcError);
    assertEquals(error.code, "RESOURCE_EXHAUSTED");
    assertEquals(error.details, [{ type: "RetryInfo", retryDelayMs: 1000 }]);
    release.resolve();
    assertEquals(await running, { text: "done" });
    await ended.promise;
    assertEquals(await client.methods.greet({ text: "" }), { text: "done" });
  }, { interceptors: [last, limitConcurrency({ maxConcurrentCalls: 1 })] });
});

testWith(
  ["net", "env"],
  "limitConcurrency() is followed by the retry policy of clients",
  async () => {
    const release = Promise.withResolvers<void>();
    const handler = ({ text }: { text: string }) => text === "second" ? { text } : held(text);
    const held = async (text: string) => {
      await release.promise;
      return { text };
    };
    const last = {
      started: () => ({
        finished: ({ code }: { code: string }) =>
          code === "RESOURCE_EXHAUSTED" ? release.resolve() : undefined,
      }),
    };
    const limit = limitConcurrency({ maxConcurrentCalls: 1, retryDelayMs: 200 });
    await withGreeter(handler, async ({ server }) => {
      const client = connectRpc(greeter, {
        target: `127.0.0.1:${server.address.port}`,
        // Its own back-off is a minute; the server's word comes first.
        retry: { retryableCodes: ["RESOURCE_EXHAUSTED"], initialBackoffMs: 60_000 },
      });
      const first = client.methods.greet({ text: "first" });
      const second = client.methods.greet({ text: "second" }, { timeoutMs: 20_000 });
      assertEquals([await first, await second], [{ text: "first" }, { text: "second" }]);
      client.close();
    }, { interceptors: [last, limit] });
  },
);
