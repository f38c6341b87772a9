import { assertEquals, assertRejects } from "@std/assert";
import { CallLog } from "../testing/call_log.ts";
import { testWith } from "../testing/permissions.ts";
import { withTalker } from "../testing/talker.ts";
import { type Call, type Interceptor, Interceptors } from "./interceptor.ts";
import { Metadata } from "./metadata.ts";
import { RpcError } from "./status.ts";

const call: Call = {
  side: "server",
  method: { path: "/test.Talker/say", service: "test.Talker", name: "say", kind: "unary" },
  metadata: new Metadata(),
  peer: "127.0.0.1:1",
  deadline: undefined,
  signal: new AbortController().signal,
  end: () => {},
};

function tracer(name: string, heard: string[]): Interceptor {
  return {
    started() {
      heard.push(`${name} started`);
      return { finished: () => void heard.push(`${name} finished`) };
    },
    admit: () => void heard.push(`${name} admit`),
    around(_, next) {
      heard.push(`${name} in`);
      const result = next();
      heard.push(`${name} out`);
      return result;
    },
  };
}

Deno.test("Interceptors run in the order given, and finish in the other", async () => {
  const heard: string[] = [];
  const interceptors = new Interceptors([tracer("a", heard), tracer("b", heard)]);
  const reporters = interceptors.started(call);
  await interceptors.admit(call);
  assertEquals(interceptors.around(call, () => heard.push("handler") && "reply"), "reply");
  reporters.finished("OK", 0);
  assertEquals(heard, [
    ...["a started", "b started", "a admit", "b admit"],
    ...["a in", "b in", "handler", "b out", "a out"],
    ...["b finished", "a finished"],
  ]);
});

Deno.test("Interceptors ask the next only when one has admitted, and wait for it", async () => {
  const heard: string[] = [];
  const gate = Promise.withResolvers<void>();
  const interceptors = new Interceptors([{ admit: () => gate.promise }, tracer("b", heard)]);
  const admitted = interceptors.admit(call);
  assertEquals(heard, []);
  gate.resolve();
  await admitted;
  assertEquals(heard, ["b admit"]);

  const refused = new Interceptors([{
    admit: () => Promise.reject(new RpcError("ABORTED", "no")),
  }, tracer("c", heard)]);
  await assertRejects(async () => await refused.admit(call), RpcError, "no");
  assertEquals(heard, ["b admit"]);
});

/** Throws in every place where an interceptor hears of something. */
const broken: Interceptor = {
  started: () => ({
    received: () => fail("received"),
    sent: () => fail("sent"),
    finished: () => fail("finished"),
  }),
};
const brokenAtOnce: Interceptor = { started: () => fail("started") };

function fail(where: string): never {
  throw new TypeError(where);
}

Deno.test("Interceptors keep what one throws from the others, and tell of it", () => {
  const log = new CallLog();
  const failed: unknown[] = [];
  const reporters = new Interceptors([brokenAtOnce, broken, log], (error) => failed.push(error))
    .started(call);
  reporters.received(1);
  reporters.sent(2);
  reporters.finished("OK", 0);
  assertEquals(log.calls, [["started", "received 1", "sent 2", "finished OK"]]);
  assertEquals(failed.map((error) => (error as Error).message), [
    ...["started", "received", "sent", "finished"],
  ]);
});

Deno.test("Reporters hear of the end once, and of nothing after it", () => {
  const log = new CallLog();
  const reporters = new Interceptors([log]).started(call);
  reporters.finished("CANCELLED", 0);
  reporters.finished("OK", 0);
  reporters.received(1);
  reporters.sent(1);
  assertEquals(log.calls, [["started", "finished CANCELLED"]]);
});

testWith(["net", "env"], "Interceptors that break in their reports harm no call", async () => {
  const log = new CallLog();
  const interceptors = [broken, log, brokenAtOnce];
  await withTalker({ say: (request) => request }, async ({ client }) => {
    assertEquals(await client.methods.say({ text: "a" }), { text: "a" });
    assertEquals((await log.finished()).at(-1), "finished OK");
    assertEquals((await log.finished()).at(-1), "finished OK");
  }, { interceptors, client: { interceptors } });
});
