import { assert, assertEquals } from "@std/assert";
import { gzipSync } from "node:zlib";
import { testWith } from "../testing/permissions.ts";
import { message, rawPeer } from "../testing/raw_call.ts";
import { stream, texts, withTalker } from "../testing/talker.ts";
import { HELLO } from "../testing/outcomes.ts";
import type { CallEnd } from "./interceptor.ts";

const NEEDS = ["net", "env"] as const;

/** More than is compressed at once. */
const LARGE = 1_000_000;

testWith(NEEDS, "CallContext.compressReplies changes nothing that callers see", async () => {
  const sizes = [0, 10, 1000, LARGE, 5, LARGE];
  await withTalker({
    say(request, context) {
      context.compressReplies = true;
      return request;
    },
    async *chat(requests, context) {
      for await (const request of requests) {
        context.compressReplies = request.text.length !== 1000;
        context.responseTrailers.set("x-last", String(request.text.length));
        yield request;
      }
    },
  }, async ({ client }) => {
    const all = sizes.map((size) => "x".repeat(size));
    for (const text of all) assert((await client.methods.say({ text })).text === text);
    const trailers: unknown[] = [];
    const replies = client.methods.chat(stream(...all), {
      onTrailers: (metadata) => trailers.push(metadata.get("x-last")),
    });
    assertEquals((await texts(replies)).map(({ length }) => length), sizes);
    assertEquals(trailers, [String(LARGE)]);
  });
});

testWith(
  NEEDS,
  "CallContext.compressReplies stays false for a caller that takes none",
  async () => {
    const seen: boolean[] = [];
    await withTalker({
      say(request, context) {
        seen.push(context.compressReplies);
        context.compressReplies = true;
        seen.push(context.compressReplies);
        return request;
      },
    }, async ({ port }) => {
      await using peer = rawPeer(port);
      assertEquals(
        await peer.call({ path: "/test.Talker/say", body: [message(HELLO)] }).status,
        "OK",
      );
    });
    assertEquals(seen, [false, false]);
  },
);

testWith(NEEDS, "CallContext.isRequestCompressed tells of the request taken last", async () => {
  const seen: boolean[] = [];
  await withTalker({
    async gather(requests, context) {
      for await (const _ of requests) {
        await Promise.resolve();
        seen.push(context.isRequestCompressed);
      }
      return { text: "" };
    },
  }, async ({ port }) => {
    await using peer = rawPeer(port);
    const body = [message(HELLO), message(gzipSync(HELLO), 1), message(HELLO), message(HELLO)];
    const { status } = peer.call({
      path: "/test.Talker/gather",
      headers: { "grpc-encoding": "gzip" },
      body: [Buffer.concat(body)],
    });
    assertEquals(await status, "OK");
  });
  assertEquals(seen, [false, true, false, false]);
});

testWith(NEEDS, "serveRpc() limits and counts replies as they are before compression", async () => {
  const { promise, resolve } = Promise.withResolvers<CallEnd>();
  const ends: CallEnd[] = [];
  const statuses: string[] = [];
  await withTalker({
    say({ text }, context) {
      context.compressReplies = true;
      return { text: "x".repeat(Number(text)) };
    },
  }, async ({ client }) => {
    for (const text of ["900", "1000"]) {
      statuses.push(await client.methods.say({ text }).then(() => "OK", ({ code }) => code));
    }
    await promise;
  }, {
    maxSendMessageBytes: 1000,
    interceptors: [{
      started: () => ({
        finished(end) {
          if (ends.push(end) === 2) resolve(end);
        },
      }),
    }],
  });
  assertEquals(statuses, ["OK", "RESOURCE_EXHAUSTED"]);
  assertEquals(ends.map(({ sentBytes }) => sentBytes), [903, 0]);
});

testWith(NEEDS, "serveRpc() outlives callers that leave while it compresses for them", async () => {
  await withTalker({
    say(request, context) {
      context.compressReplies = true;
      return request;
    },
    async *repeat(_, context) {
      context.compressReplies = true;
      for (;;) yield { text: "x".repeat(LARGE) };
    },
  }, async ({ client, port }) => {
    for (let i = 0; i < 5; i++) {
      await using peer = rawPeer(port);
      const headers = { "grpc-accept-encoding": "gzip" };
      const body = [message(HELLO)];
      for (let j = 0; j < 5; j++) {
        const { stream } = peer.call({ path: "/test.Talker/repeat", headers, body });
        await new Promise((resolve) => stream.once("response", resolve));
        stream.close(8);
      }
      const late = peer.call({
        path: "/test.Talker/repeat",
        headers: { ...headers, "grpc-timeout": "10m" },
        body,
      });
      assert(["DEADLINE_EXCEEDED", "nothing"].includes(await late.status));
    }
    assertEquals(await client.methods.say({ text: "still there" }), { text: "still there" });
  });
});

testWith(
  NEEDS,
  "serveRpc() asks for no more replies than a caller takes, compressed or not",
  async () => {
    let given = 0;
    const gone = Promise.withResolvers<void>();
    await withTalker({
      async *repeat(_, context) {
        context.compressReplies = true;
        try {
          // Compresses to a megabyte or so, many times the caller's window.
          for (; given < 100; given++) yield { text: digits(2 * LARGE) };
        } finally {
          gone.resolve();
        }
      },
    }, async ({ port }) => {
      await using peer = rawPeer(port);
      const { stream } = peer.call({
        path: "/test.Talker/repeat",
        headers: { "grpc-accept-encoding": "gzip" },
        body: [message(HELLO)],
        reads: false,
      });
      await new Promise((resolve) => stream.once("response", resolve));
      await new Promise((resolve) => setTimeout(resolve, 200));
      stream.close(8);
      await gone.promise;
    });
    assert(given < 5, `${given} replies`);
  },
);

function digits(length: number): string {
  let seed = 1;
  const random = () => (seed = seed * 48271 % 2147483647) >> 8;
  return Array.from({ length }, () => random() % 10).join("");
}
