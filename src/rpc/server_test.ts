import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { GaugeCell } from "../metrics/cells.ts";
import { DebuggingRecorder } from "../metrics/debugging.ts";
import { withRecorder } from "../metrics/mod.ts";
import { greeter, memoryLogger, withGreeter } from "../testing/greeter.ts";
import { testWith } from "../testing/permissions.ts";
import { connectRpc } from "./client.ts";
import { grpc } from "./grpc_js/load.ts";
import { Metadata } from "./metadata.ts";
import { implement, serveRpc } from "./server.ts";
import { RpcError } from "./status.ts";

const hello = (request: { text: string }) => ({ text: `Hello ${request.text}!` });

/** Calls with raw bytes in place of a message, and resolves with the status. */
function callRaw(
  port: number,
  path: string,
  body: Uint8Array,
): Promise<{ code: number; details: string }> {
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const bytes = (value: Uint8Array) => Buffer.from(value);
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, bytes, bytes, body, (error) => {
      client.close();
      resolve({ code: error?.code ?? 0, details: error?.details ?? "" });
    });
  });
}

testWith(
  ["net", "env"],
  "serveRpc() answers a call with what the handler returns",
  () =>
    withGreeter(hello, async ({ client }) => {
      assertEquals(await client.methods.greet({ text: "Ada" }), { text: "Hello Ada!" });
    }),
);

testWith(
  ["net", "env"],
  "serveRpc() gives the handler path, peer, metadata and deadline",
  () =>
    withGreeter(
      (_, { method, peer, metadata, deadline }) => ({
        text: JSON.stringify([method.path, peer, metadata.get("x-who"), deadline !== undefined]),
      }),
      async ({ client }) => {
        const { text } = await client.methods.greet({ text: "" }, {
          metadata: new Metadata({ "X-Who": "me" }),
          timeoutMs: 60_000,
        });
        const [path, peer, who, hasDeadline] = JSON.parse(text);
        assertEquals([path, who, hasDeadline], ["/test.Greeter/greet", "me", true]);
        assertMatch(peer, /^127\.0\.0\.1:\d+$/);
      },
    ),
);

testWith(
  ["net", "env"],
  "serveRpc() sends the status that a handler throws as RpcError",
  () =>
    withGreeter(() => {
      throw new RpcError("NOT_FOUND", "nobody of that name: é");
    }, async ({ client, logged }) => {
      const error = await assertRejects(() => client.methods.greet({ text: "" }), RpcError);
      assertEquals([error.code, error.message], ["NOT_FOUND", "nobody of that name: é"]);
      assertEquals(logged, [], "a chosen status is no failure of the server");
    }),
);

testWith(
  ["net", "env"],
  "serveRpc() hides the text of any other error from the caller and logs it",
  () =>
    withGreeter(
      () => Promise.reject(new TypeError("the password is 'x'")),
      async ({ client, logged }) => {
        const error = await assertRejects(() => client.methods.greet({ text: "" }), RpcError);
        assertEquals([error.code, error.message], ["INTERNAL", "Internal server error"]);
        assertMatch(logged.join(), /"level":"error".*the password is 'x'.*server_test\.ts/);
      },
    ),
);

testWith(
  ["net", "env"],
  "serveRpc() answers a request over the limit with RESOURCE_EXHAUSTED and serves on",
  () =>
    withGreeter(hello, async ({ client }) => {
      const error = await assertRejects(
        () => client.methods.greet({ text: "x".repeat(2000) }),
        RpcError,
      );
      assertEquals(error.code, "RESOURCE_EXHAUSTED");
      assertEquals(await client.methods.greet({ text: "x" }), { text: "Hello x!" });
    }, { maxReceiveMessageBytes: 1000 }),
);

testWith(
  ["net", "env"],
  "serveRpc() answers a body that is no message with INTERNAL and serves on",
  () =>
    withGreeter(hello, async ({ server, client }) => {
      const { code, details } = await callRaw(
        server.address.port,
        "/test.Greeter/greet",
        new Uint8Array([0x0a, 0xff]),
      );
      assertEquals([code, details], [13, "Cannot decode the request of /test.Greeter/greet"]);
      assertEquals(await client.methods.greet({ text: "x" }), { text: "Hello x!" });
    }),
);

testWith(
  ["net", "env"],
  "serveRpc() answers an unknown method with UNIMPLEMENTED",
  () =>
    withGreeter(hello, async ({ server }) => {
      assertEquals(
        (await callRaw(server.address.port, "/test.Greeter/none", new Uint8Array())).code,
        12,
      );
    }),
);

testWith(
  ["net", "env"],
  "serveRpc() aborts the handler's signal when the deadline passes",
  async () => {
    const aborted = Promise.withResolvers<unknown>();
    await withGreeter((_, { signal }) => {
      signal.addEventListener("abort", () => aborted.resolve(signal.reason));
      return new Promise(() => {});
    }, async ({ client }) => {
      const error = await assertRejects(
        () => client.methods.greet({ text: "" }, { timeoutMs: 50 }),
        RpcError,
      );
      assertEquals(error.code, "DEADLINE_EXCEEDED");
      assertEquals((await aborted.promise as RpcError).code, "DEADLINE_EXCEEDED");
    });
  },
);

testWith(
  ["net", "env"],
  "serveRpc() aborts the handler's signal when the caller cancels",
  async () => {
    const running = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<unknown>();
    await withGreeter((_, { signal }) => {
      signal.addEventListener("abort", () => aborted.resolve(signal.reason));
      running.resolve();
      return new Promise(() => {});
    }, async ({ client }) => {
      const cancel = new AbortController();
      const call = assertRejects(
        () => client.methods.greet({ text: "" }, { signal: cancel.signal }),
        RpcError,
      );
      await running.promise;
      cancel.abort();
      assertEquals((await call).code, "CANCELLED");
      assertEquals((await aborted.promise as RpcError).code, "CANCELLED");
    });
  },
);

testWith(
  ["net", "env"],
  "RpcServer.close() refuses new calls and lets running ones finish",
  async () => {
    const running = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    await withGreeter(async (request) => {
      running.resolve();
      await finish.promise;
      return hello(request);
    }, async ({ server, client }) => {
      const call = client.methods.greet({ text: "Ada" });
      await running.promise;
      const closed = server.close(60_000);
      const late = connectRpc(greeter, {
        target: `127.0.0.1:${server.address.port}`,
        // Clients that are set up alike share a connection, and a call that is under way is answered.
        reconnect: { initialBackoffMs: 50 },
      });
      const error = await assertRejects(() => late.methods.greet({ text: "late" }), RpcError);
      late.close();
      assertEquals(error.code, "UNAVAILABLE");
      finish.resolve();
      assertEquals(await call, { text: "Hello Ada!" });
      assertEquals(await closed, { cut: false });
    });
  },
);

testWith(["net", "env"], "RpcServer.close() cuts what still runs at its timeout", async () => {
  const running = Promise.withResolvers<void>();
  await withGreeter(() => {
    running.resolve();
    return new Promise(() => {});
  }, async ({ server, client }) => {
    const call = assertRejects(() => client.methods.greet({ text: "" }), RpcError);
    await running.promise;
    const closed = server.close(60_000);
    assertEquals(await server.close(0), { cut: true });
    assertEquals(await closed, { cut: true });
    assert(["UNAVAILABLE", "CANCELLED"].includes((await call).code));
  });
});

testWith(
  ["net", "env"],
  "serveRpc() rejects when the port is taken",
  () =>
    withGreeter(hello, async ({ server }) => {
      const error = await assertRejects(() =>
        serveRpc({
          services: [implement(greeter, { greet: hello })],
          hostname: "127.0.0.1",
          port: server.address.port,
          log: memoryLogger([]),
        })
      );
      assertMatch(String(error), /EADDRINUSE/);
    }),
);

testWith(
  ["net", "env"],
  "RpcServer.close() under load loses no call that a handler has begun",
  async () => {
    let begun = 0;
    const busy = Promise.withResolvers<void>();
    await withGreeter(async (request) => {
      if (++begun === 200) busy.resolve();
      await new Promise((resolve) => setTimeout(resolve, 3));
      return hello(request);
    }, async ({ server }) => {
      const ends: string[] = [];
      const clients = Array.from(
        { length: 4 },
        () => connectRpc(greeter, { target: `127.0.0.1:${server.address.port}` }),
      );
      async function callUntilRefused(client: typeof clients[number]): Promise<void> {
        for (;;) {
          try {
            await client.methods.greet({ text: "x" });
            ends.push("OK");
          } catch (error) {
            assert(error instanceof RpcError);
            ends.push(error.code);
            return;
          }
        }
      }
      const load = Promise.all(
        clients.flatMap((client) => Array.from({ length: 10 }, () => callUntilRefused(client))),
      );
      await busy.promise;
      assertEquals(await server.close(60_000), { cut: false });
      await load;
      for (const client of clients) client.close();
      assertEquals(
        ends.filter((code) => code === "OK").length,
        begun,
        "every call that began was answered",
      );
      assertEquals(ends.filter((code) => code !== "OK"), Array(40).fill("UNAVAILABLE"));
    });
  },
);

testWith(
  ["net", "env"],
  "serveRpc() refuses a call with more than maxHeaderListBytes of headers, and serves on",
  () =>
    withGreeter(hello, async ({ client }) => {
      const metadata = new Metadata({ "x-large": "x".repeat(2000) });
      await assertRejects(() => client.methods.greet({ text: "x" }, { metadata }), RpcError);
      assertEquals(await client.methods.greet({ text: "x" }), { text: "Hello x!" });
    }, { transportLimits: { maxHeaderListBytes: 2000 } }),
);

for (
  const [name, options] of Object.entries({
    maxReceiveMessageBytes: { maxReceiveMessageBytes: 0 },
    maxSendMessageBytes: { maxSendMessageBytes: 0 },
    maxHeaderListBytes: { transportLimits: { maxHeaderListBytes: 0 } },
    maxBurst: { transportLimits: { maxBurst: 0 } },
  })
) {
  testWith(["net", "env"], `serveRpc() rejects when ${name} is out of range`, async () => {
    const { message } = await assertRejects(
      () => withGreeter(hello, () => Promise.resolve(), options),
      RangeError,
    );
    assertMatch(
      message,
      new RegExp(
        `^Cannot use '${name}': it must be an integer from \\d+ to \\d+, current value is 0$`,
      ),
    );
  });
}

testWith(["net", "env"], "serveRpc() counts the connections that are open", async () => {
  const recorder = new DebuggingRecorder();
  const gauge = () => recorder.registerGauge("grpc_server_connections", {}) as GaugeCell;
  await withRecorder(recorder, () =>
    withGreeter(hello, async ({ client }) => {
      await client.methods.greet({ text: "x" });
      assertEquals(gauge().value, 1);
    }));
  assertEquals(gauge().value, 0);
});
