import { assertEquals } from "@std/assert";
import { HELLO } from "../../testing/outcomes.ts";
import { testWith } from "../../testing/permissions.ts";
import { message, rawPeer } from "../../testing/raw_call.ts";
import { withTalker } from "../../testing/talker.ts";

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
