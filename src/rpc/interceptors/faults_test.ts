import { assertEquals, assertGreaterOrEqual, assertRejects, assertThrows } from "@std/assert";
import { DebuggingRecorder } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { testCall } from "../../testing/calls.ts";
import { withGreeter } from "../../testing/greeter.ts";
import { testWith } from "../../testing/permissions.ts";
import { RpcError } from "../status.ts";
import { Faults, injectFaults } from "./faults.ts";

const HOUR = 3_600_000;

/** Numbers from 0 up to 1, one after the other. */
function sequence(...numbers: number[]): () => number {
  return () => numbers.shift() ?? 0;
}

Deno.test("injectFaults() does nothing until it is told to", () => {
  const random = () => {
    throw new Error("asked for a random number");
  };
  assertEquals(injectFaults(new Faults(), { random }).admit?.(testCall()), undefined);
});

Deno.test("injectFaults() fails the given share of calls, from when it is set", () => {
  const faults = new Faults();
  const injector = injectFaults(faults, { random: sequence(0.09, 0.1, 0.5, 0.01) });
  const fails = () => {
    try {
      injector.admit?.(testCall());
      return false;
    } catch (error) {
      assertEquals((error as RpcError).code, "UNAVAILABLE");
      return true;
    }
  };
  assertEquals(fails(), false);
  faults.errorRate = 0.1;
  assertEquals([fails(), fails(), fails(), fails()], [true, false, false, true]);
  faults.errorRate = 0;
  assertEquals(fails(), false);
});

Deno.test("injectFaults() makes calls wait, then fails its share of them", async () => {
  const injector = injectFaults(new Faults({ latencyMs: 10, errorRate: 0.5 }), {
    random: sequence(0.9, 0.1),
  });
  const start = performance.now();
  await injector.admit?.(testCall());
  // Timers count in whole milliseconds.
  assertGreaterOrEqual(performance.now() - start, 9);
  await assertRejects(async () => await injector.admit?.(testCall()), RpcError, "Injected fault");
});

Deno.test("injectFaults() stops waiting when the call is over", async () => {
  const injector = injectFaults(new Faults({ latencyMs: HOUR, errorRate: 1 }));
  const [over, running] = [testCall(), testCall()];
  over.end(new RpcError("CANCELLED", "gone"));
  await injector.admit?.(over);
  const waiting = injector.admit?.(running);
  running.end(new RpcError("CANCELLED", "gone"));
  await waiting;
});

Deno.test("injectFaults() spares health, reflection and what is exempt", () => {
  const exempt = ({ name }: { name: string }) => name === "free";
  const injector = injectFaults(new Faults({ latencyMs: HOUR, errorRate: 1 }), { exempt });
  for (
    const path of [
      "/grpc.health.v1.Health/Check",
      "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
      "/test.Greeter/free",
    ]
  ) {
    assertEquals(injector.admit?.(testCall(path)), undefined, path);
  }
});

Deno.test("injectFaults() counts faults by kind, from zero", async () => {
  const recorder = new DebuggingRecorder();
  const injector = withRecorder(
    recorder,
    () => injectFaults(new Faults({ latencyMs: 1, errorRate: 0.5 }), { random: sequence(0, 0.9) }),
  );
  const counted = () =>
    recorder.snapshot().map(({ labels, ...metric }) =>
      [labels["kind"], "value" in metric ? metric.value : undefined] as const
    );
  assertEquals(counted(), [["latency", 0], ["error", 0]]);
  await assertRejects(async () => await injector.admit?.(testCall()));
  await injector.admit?.(testCall());
  assertEquals(counted(), [["latency", 2], ["error", 1]]);
});

Deno.test("Faults refuses values out of range and keeps what it has", () => {
  const faults = new Faults({ errorRate: 0.5 });
  assertThrows(
    () => faults.errorRate = 1.1,
    RangeError,
    "a number from 0 to 1, current value is 1.1",
  );
  assertThrows(() => faults.errorRate = NaN, RangeError);
  assertThrows(() => faults.latencyMs = -1, RangeError, "'latencyMs'");
  assertEquals([faults.errorRate, faults.latencyMs], [0.5, 0]);
});

testWith(["net", "env"], "injectFaults() ends its wait when the caller gives up", async () => {
  const waiting = Promise.withResolvers<void>();
  const over = Promise.withResolvers<string>();
  const watcher = {
    started: () => ({ finished: ({ code }: { code: string }) => over.resolve(code) }),
    admit: () => waiting.resolve(),
  };
  const interceptors = [watcher, injectFaults(new Faults({ latencyMs: HOUR }))];
  await withGreeter(() => ({ text: "" }), async ({ client }) => {
    const caller = new AbortController();
    const call = client.methods.greet({ text: "" }, { signal: caller.signal });
    await waiting.promise;
    caller.abort();
    assertEquals((await assertRejects(() => call, RpcError)).code, "CANCELLED");
    assertEquals(await over.promise, "CANCELLED");
  }, { interceptors });
});
