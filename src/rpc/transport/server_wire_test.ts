import { assertEquals } from "@std/assert";
import { gunzipSync } from "node:zlib";
import { frame, requestFields, TestPeer } from "../../http2/connection_fixture.ts";
import { Flag, FrameType } from "../../http2/frame.ts";
import { HELLO } from "../../testing/outcomes.ts";
import { testWith } from "../../testing/permissions.ts";
import { message, rawPeer } from "../../testing/raw_call.ts";
import { withTalker } from "../../testing/talker.ts";
import { Deadlines } from "./deadlines.ts";
import { NativeServerWire } from "./server_wire.ts";

testWith(
  ["net", "env"],
  "NativeServerWire answers a request compressed as it does not know with what it knows",
  () =>
    withTalker({}, async ({ port }) => {
      await using peer = rawPeer(port);
      const { stream, status } = peer.call({
        path: "/test.Talker/say",
        headers: { "grpc-encoding": "br" },
        body: [message(HELLO, 1)],
      });
      let accepted: unknown;
      stream.on("response", (headers) => accepted = headers["grpc-accept-encoding"]);
      assertEquals([await status, accepted], ["UNIMPLEMENTED", "identity,deflate,gzip"]);
    }, { transport: "native" }),
);

testWith(
  ["net", "env"],
  "NativeServerWire does not compress for a handler that asks after the first reply",
  async () => {
    const seen: boolean[] = [];
    await withTalker({
      async *repeat(_, context) {
        yield { text: "x".repeat(1000) };
        context.compressReplies = true;
        seen.push(context.compressReplies);
        yield { text: "x".repeat(1000) };
      },
    }, async ({ port }) => {
      await using peer = rawPeer(port);
      const { stream, status } = peer.call({
        path: "/test.Talker/repeat",
        headers: { "grpc-accept-encoding": "gzip" },
        body: [message(HELLO)],
      });
      let encoding: unknown = "none came";
      let bytes = 0;
      stream.on("response", (headers) => encoding = headers["grpc-encoding"]);
      stream.on("data", (data: Uint8Array) => bytes += data.length);
      assertEquals(await status, "OK");
      assertEquals([encoding, bytes], [undefined, 2 * 1008]);
    }, { transport: "native" });
    assertEquals(seen, [false]);
  },
);

/** A call on a stream that sends all at once, and what that sends: `1 of 900` is a flag and a size. */
function answering(accepted: string) {
  const told: string[] = [];
  const peer = new TestPeer().greet();
  const fields = requestFields("grpc-accept-encoding", accepted);
  peer.send(frame(FrameType.HEADERS, Flag.END_HEADERS, 1, fields));
  const stream = peer.requests[0]?.stream;
  if (stream === undefined) throw new Error("The request has not come");
  stream.data = ([flag], body, sent) => {
    if (stream.isClosed) return;
    told.push(`${flag} of ${flag === 1 ? gunzipSync(body).length : body.length}`);
    sent();
  };
  stream.end = () => told.push("end");
  const nothing = () => {};
  const wire = new NativeServerWire(stream, {
    accept: () => ({
      begin: nothing,
      message: nothing,
      endOfMessages: nothing,
      abandoned: nothing,
      over: nothing,
    }),
    peer: "peer",
    deadlines: new Deadlines(),
    memory: { used: 0, max: 1000, maxMessage: 1000, onExceeded: nothing },
  });
  return {
    stream,
    wire,
    told,
    /** Sends a message of `size` zeros; resolves when the next one may follow. */
    send: (size: number) =>
      new Promise<void>((resolve) => wire.sendMessage(new Uint8Array(size), resolve)),
  };
}

/** More than is compressed at once. */
const LARGE = 1_000_000;

Deno.test("NativeServerWire compresses while it is asked to, and what becomes smaller", async () => {
  const { wire, told, send } = answering("gzip");
  for (const isOn of [false, true, false]) {
    wire.compressReplies = isOn;
    for (const size of [0, 10, 900]) await send(size);
  }
  const plain = ["0 of 0", "0 of 10", "0 of 900"];
  assertEquals(told, [...plain, "0 of 0", "0 of 10", "1 of 900", ...plain]);
});

Deno.test("NativeServerWire sends as it is what the caller would not take", async () => {
  const { wire, told, send } = answering("identity");
  wire.compressReplies = true;
  assertEquals(wire.compressReplies, false);
  await send(900);
  assertEquals(told, ["0 of 900"]);
});

Deno.test("NativeServerWire says that a large message is sent when it is, and ends after it", async () => {
  for (const size of [900, LARGE]) {
    const { wire, told, send } = answering("gzip");
    wire.compressReplies = true;
    const sent = send(size).then(() => told.push("sent"));
    wire.end("OK", "", undefined);
    assertEquals(told, []);
    await sent;
    await Promise.resolve();
    assertEquals(told.toSorted(), [`1 of ${size}`, "end", "sent"]);
    assertEquals(told[0], `1 of ${size}`);
  }
});

Deno.test("NativeServerWire sends nothing on a stream that has closed meanwhile", async () => {
  const { stream, wire, told } = answering("gzip");
  wire.compressReplies = true;
  wire.sendMessage(new Uint8Array(LARGE), () => told.push("sent"));
  stream.isClosed = true;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(told, []);
});
