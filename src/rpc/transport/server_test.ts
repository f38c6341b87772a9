/** What peers can do to a server over a real network, and what it must bear. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { gzipSync } from "node:zlib";
import { DebuggingRecorder, findMetric } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { frame, HEADERS } from "../../testing/http2.ts";
import { connectHttp2, emptyCall } from "../../testing/http2_connection.ts";
import { HELLO } from "../../testing/outcomes.ts";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { message, rawPeer } from "../../testing/raw_call.ts";
import { type Talking, withTalker } from "../../testing/talker.ts";

const NEEDS = ["net", "env"] as const;
const SAY = "/test.Talker/say";
const RST_STREAM = 3;

/** Runs `body` with a server on our transport that answers with what it was asked. */
function withServer(body: (talking: Talking) => Promise<void>): Promise<void> {
  return withTalker({ say: (request) => request }, body, { transport: "native" });
}

async function h2spec(program: string, port: number, ...args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command(program, {
    args: ["-P", SAY, "-h", "127.0.0.1", "-p", `${port}`, "-o", "2", ...args],
  }).output();
  const text = new TextDecoder().decode(stdout);
  return /\d+ tests, .*/.exec(text)?.[0] ?? text;
}

for (
  const [args, told] of [[[], "145 tests, 145 passed, 0 skipped, 0 failed"], [
    ["--strict"],
    "146 tests, 146 passed, 0 skipped, 0 failed",
  ]] as const
) {
  testWithProgram(
    "h2spec",
    `listenNative() passes all of h2spec ${args}`.trim(),
    (program) =>
      withServer(async ({ port }) => assertEquals(await h2spec(program, port, ...args), told)),
  );
}

testWith(
  NEEDS,
  "listenNative() goes on when connections are reset before it accepts them, or at any time",
  () =>
    withServer(async ({ port, client }) => {
      for (let round = 0; round < 100; round++) {
        const connection = await Deno.connect({ hostname: "127.0.0.1", port });
        if (round % 3 === 1) await connection.write(new Uint8Array(10_000));
        if (round % 3 === 2) await connection.write(Uint8Array.from(emptyCall(1, SAY)));
        connection.close();
      }
      assertEquals(await client.methods.say({ text: "still there" }), { text: "still there" });
    }),
);

testWith(
  NEEDS,
  "listenNative() works no more for a peer that does not read",
  () =>
    withServer(async ({ port, client }) => {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      const preface = new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      await connection.write(Uint8Array.of(...preface, ...frame(4, 0, 0, [])));
      // Calls of what is not served are answered by trailers alone, which no window bounds.
      const calls = new Uint8Array(65_536 * 4);
      let sent = 0;
      let stalled = false;
      while (!stalled && sent < 200) {
        const bytes = calls.subarray(0, fill(calls, 1 + sent * 2000));
        const written = (async () => {
          for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
        })().catch(() => {});
        const timeout = Promise.withResolvers<"stalled">();
        const timer = setTimeout(() => timeout.resolve("stalled"), 500);
        stalled = await Promise.race([written, timeout.promise]) === "stalled";
        clearTimeout(timer);
        sent++;
      }
      assert(stalled, "the server still reads");
      assertEquals(await client.methods.say({ text: "others" }), { text: "others" });
    }),
);

/** Fills `target` with calls from `first` on, and returns how much that is. */
function fill(target: Uint8Array, first: number): number {
  let at = 0;
  for (let stream = first; stream < first + 2000; stream += 2) {
    const call = emptyCall(stream, "/x");
    target.set(call, at);
    at += call.length;
  }
  return at;
}

testWith(
  NEEDS,
  "listenNative() does not blame a client for calls that it refuses early",
  () =>
    withServer(async ({ port }) => {
      using connection = await connectHttp2(port);
      for (let stream = 1; stream < 6000; stream += 2) {
        await connection.send(emptyCall(stream, "/x"), frame(RST_STREAM, 0, stream, [0, 0, 0, 8]));
      }
      await connection.send(emptyCall(6001, SAY));
      assertEquals((await connection.next(({ stream }) => stream === 6001))?.type, HEADERS);
    }),
);

testWith(NEEDS, "listenNative() counts what it refuses, by reason", async () => {
  const recorder = new DebuggingRecorder();
  await withRecorder(recorder, () =>
    withServer(async ({ port }) => {
      using connection = await connectHttp2(port);
      for (let stream = 1; stream < 3000; stream += 2) {
        await connection.send(
          emptyCall(stream, SAY).slice(0, -14),
          frame(RST_STREAM, 0, stream, [
            0,
            0,
            0,
            8,
          ]),
        ).catch(() => {});
      }
      assertEquals(await connection.next(() => false), undefined, "it closes");
    }));
  const name = "grpc_server_refused_total";
  const { value } = findMetric(recorder.snapshot(), "counter", name, { reason: "resets" });
  assertEquals(value, 1);
});

testWith(
  NEEDS,
  "listenNative() takes requests compressed with gzip",
  () =>
    withServer(async ({ port }) => {
      await using peer = rawPeer(port);
      const call = peer.call({
        path: SAY,
        headers: { "grpc-encoding": "gzip" },
        body: [message(gzipSync(HELLO), 1)],
      });
      assertEquals(await call.status, "OK");
    }),
);

testWith(
  NEEDS,
  "listenNative() tells clients which encodings it takes",
  () =>
    withServer(async ({ port }) => {
      await using peer = rawPeer(port);
      const { stream } = peer.call({ path: SAY, body: [message(HELLO)] });
      const headers = await new Promise<Record<string, unknown>>((resolve) =>
        stream.once("response", resolve)
      );
      assertEquals(headers["grpc-accept-encoding"], "identity,deflate,gzip");
    }),
);

testWith(
  NEEDS,
  "listenNative() carries messages of every size around its buffers and windows",
  () =>
    withServer(async ({ client }) => {
      for (
        const size of [0, 1, 2040, 16_375, 16_384, 65_530, 65_536, 262_144, 1_000_000, 4_000_000]
      ) {
        const text = "x".repeat(size);
        const reply = await client.methods.say({ text });
        assert(reply.text === text, `${size} bytes`);
      }
    }),
);

testWith(
  NEEDS,
  "listenNative() carries many calls on many connections at once",
  () =>
    withServer(async ({ port }) => {
      const peers = Array.from({ length: 5 }, () => rawPeer(port));
      const calls = peers.flatMap((peer) =>
        Array.from({ length: 100 }, () => peer.call({ path: SAY, body: [message(HELLO)] }).status)
      );
      const codes = await Promise.all(calls);
      for (const peer of peers) await peer[Symbol.asyncDispose]();
      assertEquals(codes, Array(500).fill("OK"));
    }),
);

testWith(
  NEEDS,
  "listenNative() holds 1,000 connections that idle, and serves one more",
  () =>
    withServer(async ({ port, client }) => {
      const idle = [];
      for (let i = 0; i < 1000; i++) idle.push(await connectHttp2(port));
      assertEquals(await client.methods.say({ text: "one more" }), { text: "one more" });
      for (const connection of idle) connection[Symbol.dispose]();
      assertGreater(idle.length, 999);
    }),
);

testWith(
  NEEDS,
  "listenNative() ends a call whose client ends inside a message with INTERNAL",
  () =>
    withServer(async ({ port }) => {
      await using peer = rawPeer(port);
      const { status } = peer.call({ path: SAY, body: [message(HELLO).subarray(0, 8)] });
      assertEquals(await status, "INTERNAL");
      using connection = await connectHttp2(port);
      await connection.send(emptyCall(1, SAY));
      assertEquals((await connection.next(({ type }) => type === HEADERS))?.stream, 1);
    }),
);
