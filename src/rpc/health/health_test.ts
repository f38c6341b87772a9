import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ReadinessState } from "../../ops/readiness.ts";
import { testWith } from "../../testing/permissions.ts";
import { RpcError } from "../status.ts";
import { type HealthFixture, withHealth } from "./health_fixture.ts";
import { type Availability, createHealth, MAX_SERVICES } from "./health.ts";

/** A Watch stream, read one by one. */
function watch({ client }: HealthFixture, service: string) {
  const replies = client.methods.Watch({ service })[Symbol.asyncIterator]();
  return {
    /** The next status, or "end". */
    async next(): Promise<string> {
      const { done, value } = await replies.next();
      return done ? "end" : value.status;
    },
    cancel: () => replies.return?.(),
  };
}

async function codeOf(call: PromiseLike<unknown>): Promise<string> {
  return (await assertRejects(() => call, RpcError)).code;
}

testWith(
  ["net", "env"],
  "createHealth() answers Check with SERVING exactly while the process is ready",
  () =>
    withHealth(async ({ client, readiness }) => {
      for (const service of ["", "test.Greeter"]) {
        assertEquals(await client.methods.Check({ service }), { status: "NOT_SERVING" });
      }
      readiness.set("ready");
      for (const service of ["", "test.Greeter"]) {
        assertEquals(await client.methods.Check({ service }), { status: "SERVING" });
      }
      readiness.set("draining");
      for (const service of ["", "test.Greeter"]) {
        assertEquals(await client.methods.Check({ service }), { status: "NOT_SERVING" });
      }
    }),
);

testWith(
  ["net", "env"],
  "createHealth() answers Check of an unknown service with NOT_FOUND, however long its name is",
  () =>
    withHealth(async ({ client }) => {
      assertEquals(await codeOf(client.methods.Check({ service: "test.None" })), "NOT_FOUND");
      const long = "x".repeat(1_000_000);
      assertEquals(await codeOf(client.methods.Check({ service: long })), "NOT_FOUND");
    }),
);

testWith(
  ["net", "env"],
  "createHealth() answers List with every service",
  () =>
    withHealth(async ({ client, readiness, state }) => {
      readiness.set("ready");
      state.set("test.Greeter", "NOT_SERVING");
      assertEquals(await client.methods.List({}), {
        statuses: { "": { status: "SERVING" }, "test.Greeter": { status: "NOT_SERVING" } },
      });
    }),
);

testWith(
  ["net", "env"],
  "Health.set() changes one service, and cannot make it serve before the process is ready",
  () =>
    withHealth(async ({ client, readiness, state }) => {
      const status = async (service: string) => (await client.methods.Check({ service })).status;
      state.set("test.Greeter", "SERVING");
      assertEquals(await status("test.Greeter"), "NOT_SERVING");
      readiness.set("ready");
      state.set("test.Greeter", "NOT_SERVING");
      assertEquals([await status("test.Greeter"), await status("")], ["NOT_SERVING", "SERVING"]);
    }),
);

testWith(
  ["net", "env"],
  "createHealth() answers Watch with the status at once and then its changes",
  () =>
    withHealth(async (fixture) => {
      const { readiness, state } = fixture;
      const stream = watch(fixture, "test.Greeter");
      assertEquals(await stream.next(), "NOT_SERVING");
      readiness.set("ready");
      assertEquals(await stream.next(), "SERVING");
      state.set("", "NOT_SERVING");
      state.set("test.Greeter", "NOT_SERVING");
      assertEquals(await stream.next(), "NOT_SERVING");
      await stream.cancel();
    }),
);

testWith(
  ["net", "env"],
  "createHealth() keeps Watch of an unknown service open until it is known",
  () =>
    withHealth(async (fixture) => {
      fixture.readiness.set("ready");
      const stream = watch(fixture, "test.Later");
      assertEquals(await stream.next(), "SERVICE_UNKNOWN");
      fixture.state.set("test.Later", "SERVING");
      assertEquals(await stream.next(), "SERVING");
      await stream.cancel();
    }),
);

testWith(
  ["net", "env"],
  "createHealth() ends every Watch when draining begins, so that it does not hold up close()",
  () =>
    withHealth(async (fixture) => {
      const { readiness, server } = fixture;
      readiness.set("ready");
      const known = watch(fixture, "");
      const unknown = watch(fixture, "test.None");
      assertEquals([await known.next(), await unknown.next()], ["SERVING", "SERVICE_UNKNOWN"]);
      readiness.set("draining");
      assertEquals([await known.next(), await known.next()], ["NOT_SERVING", "end"]);
      assertEquals(await unknown.next(), "end");
      assertEquals(
        await codeOf(watch(fixture, "").next()),
        "UNAVAILABLE",
        "a status would let clients come back at once, again and again",
      );
      assertEquals(await server.close(60_000), { cut: false });
    }),
);

testWith(
  ["net", "env"],
  "createHealth() refuses one watcher too many, and takes one again when another has gone",
  async () => {
    const readiness = new ReadinessState();
    const left = Promise.withResolvers<void>();
    const observed: Availability = {
      get current() {
        return readiness.current;
      },
      watch(watcher) {
        const unwatch = readiness.watch(watcher);
        return () => {
          unwatch();
          left.resolve();
        };
      },
    };
    await withHealth(async (fixture) => {
      const first = watch(fixture, "");
      assertEquals(await first.next(), "NOT_SERVING");
      assertEquals(await codeOf(watch(fixture, "").next()), "RESOURCE_EXHAUSTED");
      readiness.set("ready");
      assertEquals(await first.next(), "SERVING", "the refused one did no harm");
      await first.cancel();
      await left.promise;
      const second = watch(fixture, "");
      assertEquals(await second.next(), "SERVING");
      await second.cancel();
    }, { maxWatchers: 1, readiness: observed });
  },
);

Deno.test("createHealth() and Health.set() throw RangeError beyond MAX_SERVICES", () => {
  const readiness = new ReadinessState();
  const services = Array.from({ length: MAX_SERVICES - 1 }, (_, i) => `test.Service${i}`);
  const { set } = createHealth({ services, readiness });
  set("test.Service0", "NOT_SERVING");
  assertThrows(() => set("test.More", "SERVING"), RangeError, "'test.More'");
  assertThrows(
    () => createHealth({ services: [...services, "test.More"], readiness }),
    RangeError,
    "'test.More'",
  );
});
