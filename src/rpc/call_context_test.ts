import { AsyncLocalStorage } from "node:async_hooks";
import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { CallLog } from "../testing/call_log.ts";
import { testWith } from "../testing/permissions.ts";
import { METHODS, stream, talk, type Text, texts, withTalker } from "../testing/talker.ts";
import { currentCall } from "./current_call.ts";
import type { CallContext } from "./handler.ts";
import { Metadata } from "./metadata.ts";
import { RpcError } from "./status.ts";

const BYTES = new Uint8Array([0, 255, 10]);

testWith(
  ["net", "env"],
  "CallContext carries metadata both ways: headers, trailers, bytes, keys that repeat",
  async () => {
    let got: Metadata | undefined;
    await withTalker({
      say: (request, { metadata, responseHeaders, responseTrailers }) => {
        got = metadata;
        responseHeaders.set("x-header-bin", BYTES);
        responseTrailers.append("x-trailer", "1");
        responseTrailers.append("x-trailer", "2");
        return request;
      },
    }, async ({ client }) => {
      const metadata = new Metadata([["x-one", "1"], ["x-one", "2"], ["x-bytes-bin", BYTES]]);
      let headers: Metadata | undefined;
      let trailers: Metadata | undefined;
      await client.methods.say({ text: "" }, {
        metadata,
        onHeaders: (metadata) => headers = metadata,
        onTrailers: (metadata) => trailers = metadata,
      });
      assertEquals(got?.getAll("x-one").join().replace(" ", ""), "1,2");
      assertEquals([...got?.get("x-bytes-bin") ?? ""], [...BYTES]);
      assertEquals([...headers?.get("x-header-bin") ?? ""], [...BYTES]);
      assertEquals(trailers?.getAll("x-trailer").join().replace(" ", ""), "1,2");
    });
  },
);

testWith(["net", "env"], "CallContext carries trailers with an error", () =>
  withTalker({
    say: (_, { responseTrailers }) => {
      responseTrailers.set("x-from", "context");
      throw new RpcError("ABORTED", "no", { trailers: new Metadata({ "x-why": "because" }) });
    },
  }, async ({ client }) => {
    const error = await assertRejects(() => client.methods.say({ text: "" }), RpcError);
    assertEquals([error.trailers.get("x-from"), error.trailers.get("x-why")], [
      "context",
      "because",
    ]);
  }));

testWith(["net", "env"], "connectRpc() leaves the caller's metadata as it is", async () => {
  const metadata = new Metadata({ "x-mine": "1" });
  let got: Metadata | undefined;
  await withTalker({
    say: (request, { metadata }) => {
      got = metadata;
      return request;
    },
  }, async ({ client }) => {
    await client.methods.say({ text: "" }, { metadata });
    assertEquals([got?.get("x-mine"), got?.get("x-theirs")], ["1", "2"]);
    assertEquals([...metadata], [["x-mine", "1"]]);
  }, {
    client: { interceptors: [{ started: ({ metadata }) => void metadata.set("x-theirs", "2") }] },
  });
});

testWith(["net", "env"], "CallContext.remaining() counts down to the deadline", async () => {
  const seen: number[] = [];
  await withTalker({
    async say(request, context) {
      const { remaining } = context; // as handlers like to take it
      seen.push(remaining());
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(context.remaining());
      return request;
    },
  }, async ({ client }) => {
    await client.methods.say({ text: "" });
    assertEquals(seen.splice(0), [Infinity, Infinity]);
    await client.methods.say({ text: "" }, { timeoutMs: 60_000 });
    const [first = 0, second = 0] = seen;
    assert(first > 59_000 && first <= 60_000, `${first}`);
    assertLess(second, first - 10);
  });
});

testWith(
  ["net", "env"],
  "connectRpc() inherits the deadline inside handlers of every kind",
  () =>
    withTalker(
      { say: (_, { deadline }) => ({ text: String(deadline) }) },
      ({ client: inner }) =>
        withTalker(
          talk(async ({ deadline }) => {
            const { text } = await inner.methods.say({ text: "" }, { timeoutMs: 3_600_000 });
            return { text: String(Math.abs(Number(text) - Number(deadline)) < 1000) };
          }),
          async ({ client }) => {
            const options = { timeoutMs: 60_000 };
            assertEquals(await replies(client.methods, options), ["true", "true", "true", "true"]);
          },
        ),
    ),
);

testWith(
  ["net", "env"],
  "connectRpc() cancels a call made inside a handler when the handler's caller cancels",
  async () => {
    const log = new CallLog();
    const running = Promise.withResolvers<void>();
    await withTalker({
      say: () => {
        running.resolve();
        return new Promise(() => {});
      },
    }, ({ client: inner }) =>
      withTalker({
        // deno-lint-ignore require-yield -- it never gets that far
        async *repeat(request) {
          await inner.methods.say(request);
        },
      }, async ({ client }) => {
        const stop = new AbortController();
        const outer = texts(client.methods.repeat({ text: "" }, { signal: stop.signal }));
        await running.promise;
        stop.abort();
        assertEquals((await assertRejects(() => outer, RpcError)).code, "CANCELLED");
        assertEquals((await log.finished()).at(-1), "finished CANCELLED");
      }), { interceptors: [log] });
  },
);

testWith(
  ["net", "env"],
  "connectRpc() cancels a call made inside a handler when the handler fails",
  async () => {
    const log = new CallLog();
    const running = Promise.withResolvers<void>();
    await withTalker({
      say: () => {
        running.resolve();
        return new Promise(() => {});
      },
    }, ({ client: inner }) =>
      withTalker({
        async say(request) {
          inner.methods.say(request).catch(() => {});
          // So that there is a signal to pass on.
          await running.promise;
          throw new RpcError("NOT_FOUND", "nothing");
        },
      }, async ({ client }) => {
        await assertRejects(() => client.methods.say({ text: "" }), RpcError, "nothing");
        assertEquals((await log.finished()).at(-1), "finished CANCELLED");
      }), { interceptors: [log] });
  },
);

testWith(
  ["net", "env"],
  "currentCall() is the handler's own in every kind of method, after every wait",
  async () => {
    const storage = new AsyncLocalStorage<string>();
    async function wait(context: CallContext): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 1));
      assert(currentCall() === context);
      assertEquals(storage.getStore(), context.method.name, "set by an interceptor's around()");
    }
    await withTalker({
      async say(request, context) {
        await wait(context);
        return request;
      },
      async gather(requests, context) {
        for await (const _ of requests) await wait(context);
        return { text: "" };
      },
      async *repeat(request, context) {
        for (let i = 0; i < 3; i++) {
          await wait(context);
          yield request;
        }
      },
      async *chat(requests, context) {
        for await (const request of requests) {
          await wait(context);
          yield request;
        }
      },
    }, async ({ client }) => {
      await Promise.all(Array.from({ length: 5 }, () => replies(client.methods, {})));
    }, { interceptors: [{ around: (call, next) => storage.run(call.method.name, next) }] });
  },
);

/** Calls all methods and returns their last replies. */
async function replies(
  { say, gather, repeat, chat }: Parameters<
    Parameters<typeof withTalker>[1]
  >[0]["client"]["methods"],
  options: { timeoutMs?: number },
): Promise<(string | undefined)[]> {
  const request: Text = { text: "" };
  const all = await Promise.all([
    say(request, options).then(({ text }) => [text]),
    gather(stream("", ""), options).then(({ text }) => [text]),
    texts(repeat(request, options)),
    texts(chat(stream("", ""), options)),
  ]);
  assertEquals(all.length, METHODS.length);
  return all.map((texts) => texts.at(-1));
}
