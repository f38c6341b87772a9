import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { MethodDefinition } from "@grpc/proto-loader";
import { DebuggingRecorder } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { callEnd, testCall } from "../../testing/calls.ts";
import { memoryLogger, withGreeter } from "../../testing/greeter.ts";
import { testWith } from "../../testing/permissions.ts";
import { connectRpc } from "../client.ts";
import type { handleBidiStreamingCall } from "../grpc_js/load.ts";
import type { CallContext } from "../handler.ts";
import { implement, serveRpc } from "../server.ts";
import { loadService, type Service } from "../service.ts";
import { RpcError } from "../status.ts";
import { limitDeadline } from "./limit_deadline.ts";

const END = callEnd("OK");

Deno.test("limitDeadline() gives a deadline to calls without one, and brings later ones forward", () => {
  const limit = limitDeadline({ maxMs: 1000 });
  for (const deadline of [undefined, Date.now() + 1_000_000]) {
    const call = testCall(undefined, deadline);
    const reporter = limit.started?.(call);
    const left = (call.deadline ?? Infinity) - Date.now();
    assert(left > 0 && left <= 1000, `${left} ms left`);
    reporter?.finished?.(END, call);
  }
});

Deno.test("limitDeadline() leaves earlier deadlines and health checks alone", () => {
  const limit = limitDeadline({ maxMs: 1000 });
  const early = Date.now() + 10;
  const call = testCall(undefined, early);
  assertEquals([limit.started?.(call), call.deadline], [undefined, early]);
  const watch = testCall("/grpc.health.v1.Health/Watch");
  assertEquals([limit.started?.(watch), watch.deadline], [undefined, undefined]);
});

Deno.test("limitDeadline() ends a call that takes longer, and counts it", async () => {
  const recorder = new DebuggingRecorder();
  const limit = withRecorder(recorder, () => limitDeadline({ maxMs: 5 }));
  const call = testCall();
  limit.started?.(call);
  assertEquals((await call.ended).code, "DEADLINE_EXCEEDED");
  assertEquals(recorder.snapshot(), [{
    kind: "counter",
    name: "grpc_server_refused_total",
    labels: { reason: "deadline" },
    value: 1,
  }]);
});

Deno.test("limitDeadline() says what is wrong with an option", () => {
  assertThrows(() => limitDeadline({ maxMs: 0.5 }), RangeError, "'maxMs'");
});

testWith(
  ["net", "env"],
  "limitDeadline() aborts the handler's signal and answers with DEADLINE_EXCEEDED",
  async () => {
    const aborted = Promise.withResolvers<unknown>();
    const reported = Promise.withResolvers<string>();
    const handler = (_: unknown, context: CallContext) => {
      assert(context.remaining() <= 30);
      const { signal } = context;
      signal.addEventListener("abort", () => aborted.resolve(signal.reason));
      return new Promise<never>(() => {});
    };
    const last = {
      started: () => ({ finished: ({ code }: { code: string }) => reported.resolve(code) }),
    };
    await withGreeter(handler, async ({ client }) => {
      const error = await assertRejects(() => client.methods.greet({ text: "" }), RpcError);
      assertEquals(
        [error.code, error.message],
        ["DEADLINE_EXCEEDED", "The server lets no call take longer than 30 ms"],
      );
      assertEquals((await aborted.promise as RpcError).code, "DEADLINE_EXCEEDED");
      assertEquals(await reported.promise, "DEADLINE_EXCEEDED");
    }, { interceptors: [last, limitDeadline({ maxMs: 30 })] });
  },
);

interface PairHandlers {
  both: handleBidiStreamingCall<object, object>;
}

interface PairDefinition {
  both: MethodDefinition<object, object, object, object>;
}

const pair: Service<PairHandlers, PairDefinition> = loadService(
  `syntax = "proto3"; package test;
   service Pair { rpc both (stream Nothing) returns (stream Nothing); }
   message Nothing {}`,
  "test.Pair",
);

testWith(
  ["net", "env"],
  "limitDeadline() ends streams, and the handler's requests fail",
  async () => {
    const requestsEnd = Promise.withResolvers<unknown>();
    const server = await serveRpc({
      services: [implement(pair, {
        async *both(requests) {
          yield {};
          await Array.fromAsync(requests).catch(requestsEnd.resolve);
        },
      })],
      hostname: "127.0.0.1",
      port: 0,
      log: memoryLogger([]),
      interceptors: [limitDeadline({ maxMs: 50 })],
    });
    const client = connectRpc(pair, { target: `127.0.0.1:${server.address.port}` });
    const never = (async function* () {
      await requestsEnd.promise;
      yield* [];
    })();
    const error = await assertRejects(() => Array.fromAsync(client.methods.both(never)), RpcError);
    assertEquals(error.code, "DEADLINE_EXCEEDED");
    assertEquals((await requestsEnd.promise as RpcError).code, "DEADLINE_EXCEEDED");
    client.close();
    await server.close(0);
  },
);
