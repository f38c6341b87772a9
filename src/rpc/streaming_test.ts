import { assertEquals, assertInstanceOf, assertLess, assertRejects } from "@std/assert";
import { CallLog } from "../testing/call_log.ts";
import { HELLO } from "../testing/outcomes.ts";
import { testWith } from "../testing/permissions.ts";
import { message, type RawCall, type RawPeer, rawPeer } from "../testing/raw_call.ts";
import { stream, type Text, texts, withTalker } from "../testing/talker.ts";
import { RpcError } from "./status.ts";

/** Larger than every buffer on the way, 100 times over. */
const MANY = 5000;
const LARGE = "x".repeat(20_000);

testWith(
  ["net", "env"],
  "UnaryHandler takes one request and returns one reply",
  () =>
    withTalker({ say: ({ text }) => ({ text: `${text}!` }) }, async ({ client }) => {
      assertEquals(await client.methods.say({ text: "hello" }), { text: "hello!" });
    }),
);

testWith(
  ["net", "env"],
  "ClientStreamHandler takes many requests and returns one reply",
  () =>
    withTalker({
      gather: async (requests) => ({ text: (await texts(requests)).join("+") }),
    }, async ({ client }) => {
      assertEquals(await client.methods.gather(stream("a", "b", "c")), { text: "a+b+c" });
      assertEquals(await client.methods.gather(stream()), { text: "" });
    }),
);

testWith(
  ["net", "env"],
  "ServerStreamHandler takes one request and returns many replies",
  () =>
    withTalker({ repeat: ({ text }) => stream(text, text, "") }, async ({ client }) => {
      assertEquals(await texts(client.methods.repeat({ text: "a" })), ["a", "a", ""]);
    }),
);

testWith(["net", "env"], "BidiStreamHandler answers while requests still come", () =>
  withTalker({
    async *chat(requests) {
      for await (const { text } of requests) yield { text: `${text}?` };
    },
  }, async ({ client }) => {
    const turns = Promise.withResolvers<void>();
    const replies = client.methods.chat((async function* () {
      yield { text: "a" };
      await turns.promise;
      yield { text: "b" };
    })())[Symbol.asyncIterator]();
    assertEquals((await replies.next()).value, { text: "a?" });
    turns.resolve();
    assertEquals((await replies.next()).value, { text: "b?" });
    assertEquals((await replies.next()).done, true);
  }));

testWith(
  ["net", "env"],
  "BidiStreamHandler can go on replying when the requests have ended",
  () =>
    withTalker({
      async *chat(requests) {
        yield* stream(...await texts(requests), "end");
      },
    }, async ({ client }) => {
      assertEquals(await texts(client.methods.chat(stream("a", "b"))), ["a", "b", "end"]);
    }),
);

testWith(
  ["net", "env"],
  "ClientStreamHandler may reply before it has all requests",
  async () => {
    const log = new CallLog();
    let ended = false;
    await withTalker({ gather: () => ({ text: "enough" }) }, async ({ client }) => {
      const endless = (async function* () {
        try {
          for (;;) yield { text: LARGE };
        } finally {
          ended = true;
        }
      })();
      assertEquals(await client.methods.gather(endless), { text: "enough" });
      assertEquals((await log.finished()).at(-1), "finished OK");
    }, { interceptors: [log] });
    assertEquals(ended, true, "the requests' generator was told");
  },
);

testWith(["net", "env"], "ServerStreamHandler waits for a caller that reads slowly", async () => {
  let made = 0;
  await withTalker({
    async *repeat() {
      for (; made < MANY; made++) yield { text: LARGE };
    },
  }, async ({ client }) => {
    let read = 0;
    for await (const _ of client.methods.repeat({ text: "" })) {
      read++;
      if (read % 500 === 0) await settled(() => made);
      assertLess(made - read, 500, "messages under way");
    }
    assertEquals([read, made], [MANY, MANY]);
  });
});

testWith(["net", "env"], "connectRpc() waits for a handler that reads slowly", async () => {
  let made = 0;
  await withTalker({
    async gather(requests) {
      let read = 0;
      for await (const _ of requests) {
        read++;
        if (read % 500 === 0) await settled(() => made);
        assertLess(made - read, 500, "messages under way");
      }
      return { text: String(read) };
    },
  }, async ({ client }) => {
    async function* requests(): AsyncGenerator<Text> {
      for (; made < MANY; made++) yield { text: LARGE };
    }
    assertEquals(await client.methods.gather(requests()), { text: String(MANY) });
  });
});

/** Resolves when `count` has stopped rising. */
async function settled(count: () => number): Promise<void> {
  for (let before = -1; before !== count();) {
    before = count();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

testWith(
  ["net", "env"],
  "connectRpc() cancels a call whose iteration is left early, which ends the handler's generator",
  async () => {
    const log = new CallLog();
    const ended = Promise.withResolvers<number>();
    await withTalker({
      async *repeat() {
        let made = 0;
        try {
          for (;; made++) yield { text: LARGE };
        } finally {
          ended.resolve(made);
        }
      },
    }, async ({ client }) => {
      for await (const _ of client.methods.repeat({ text: "" })) break;
      assertLess(await ended.promise, 500);
      assertEquals((await log.finished()).at(-1), "finished CANCELLED");
    }, { interceptors: [log] });
  },
);

testWith(
  ["net", "env"],
  "ServerStreamHandler hears through return() that the caller has gone, even while it has nothing",
  async () => {
    const left = Promise.withResolvers<void>();
    await withTalker({
      repeat: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise(() => {}),
          return: () => {
            left.resolve();
            return Promise.resolve({ done: true, value: undefined });
          },
        }),
      }),
    }, async ({ client }) => {
      const replies = client.methods.repeat({ text: "" }, { timeoutMs: 30 });
      assertEquals((await assertRejects(() => texts(replies), RpcError)).code, "DEADLINE_EXCEEDED");
      await left.promise;
    });
  },
);

for (
  const [title, go] of [
    ["cancels", ({ stream }: RawCall) => stream.close(8)],
    ["resets without an error", ({ stream }: RawCall) => stream.close(0)],
    ["is lost", (_: RawCall, peer: RawPeer) => peer.kill()],
  ] as const
) {
  testWith(
    ["net", "env"],
    `ClientStreamHandler gets an error from its requests, not their end, when the caller ${title}`,
    async () => {
      const failure = Promise.withResolvers<unknown>();
      const running = Promise.withResolvers<void>();
      await withTalker({
        async gather(requests) {
          try {
            for await (const _ of requests) running.resolve();
            failure.resolve("they ended");
          } catch (error) {
            failure.resolve(error);
          }
          return { text: "" };
        },
      }, async ({ port }) => {
        await using peer = rawPeer(port);
        const body = [message(HELLO)];
        const call = peer.call({ path: "/test.Talker/gather", body, end: false });
        await running.promise;
        go(call, peer);
        assertInstanceOf(await failure.promise, RpcError);
      });
    },
  );
}

testWith(
  ["net", "env"],
  "connectRpc() cancels a call whose requests fail, with the cause",
  async () => {
    const bug = new TypeError("a bug");
    await withTalker(
      { gather: async (requests) => ({ text: (await texts(requests)).join() }) },
      async ({ client }) => {
        const call = client.methods.gather((async function* () {
          yield { text: "a" };
          throw bug;
        })());
        const error = await assertRejects(() => call, RpcError, "The requests failed: a bug");
        assertEquals([error.code, error.cause], ["CANCELLED", bug]);
      },
    );
  },
);
