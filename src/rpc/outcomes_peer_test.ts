/** How calls end by what the peer does and sends. */
import { assertEquals } from "@std/assert";
import { CallLog } from "../testing/call_log.ts";
import { HELLO, never, testOutcomes, untilStopped } from "../testing/outcomes.ts";
import { testWith } from "../testing/permissions.ts";
import { message, rawPeer } from "../testing/raw_call.ts";
import { SINGLE_REQUEST, withTalker } from "../testing/talker.ts";

const UNDECODABLE = new Uint8Array([0x0a, 0xff]);

testOutcomes([
  {
    title: "the peer cancels",
    work: never,
    then: ({ stream }) => stream.close(8),
    seen: "nothing",
    told: ["received 7", "finished CANCELLED"],
  },
  {
    title: "the peer cancels, and the handler replies all the same",
    work: untilStopped,
    then: ({ stream }) => stream.close(8),
    seen: "nothing",
    told: ["received 7", "finished CANCELLED"],
  },
  {
    title: "the peer's connection is lost",
    work: never,
    then: (_, peer) => peer.kill(),
    seen: "nothing",
    told: ["received 7", "finished CANCELLED"],
  },
  {
    title: "the peer resets with a protocol error",
    work: never,
    then: ({ stream }) => stream.close(1),
    seen: "nothing",
    told: ["received 7", "finished CANCELLED"],
  },
  {
    title: "the request is too large",
    limits: { maxReceiveMessageBytes: 6 },
    seen: "RESOURCE_EXHAUSTED",
    told: ["finished RESOURCE_EXHAUSTED"],
  },
  {
    title: "the request is no message",
    call: { body: [message(UNDECODABLE)] },
    seen: "INTERNAL",
    told: ["received 2", "finished INTERNAL"],
  },
  {
    title: "the request is compressed by an unknown encoding",
    call: { body: [message(HELLO, 1)], headers: { "grpc-encoding": "brotli" } },
    seen: "UNIMPLEMENTED",
    told: ["finished UNIMPLEMENTED"],
  },
  {
    title: "the request is compressed, and does not decompress",
    call: { body: [message(HELLO, 1)], headers: { "grpc-encoding": "gzip" } },
    seen: "INTERNAL",
    told: ["finished INTERNAL"],
  },
  {
    title: "there is no request",
    methods: SINGLE_REQUEST,
    call: { body: [] },
    seen: "UNIMPLEMENTED",
    told: ["finished UNIMPLEMENTED"],
  },
  {
    title: "there is a second request",
    methods: SINGLE_REQUEST,
    call: { body: [message(HELLO), message(HELLO)] },
    seen: "UNIMPLEMENTED",
    told: ["received 7", "received 7", "finished UNIMPLEMENTED"],
  },
]);

for (const path of ["/test.Talker/none", "/no.Such/thing", "/"]) {
  testWith(
    ["net", "env"],
    `ServerCall reports a path that is not served as method unknown (${path})`,
    async () => {
      const log = new CallLog();
      await withTalker({}, async ({ port }) => {
        await using peer = rawPeer(port);
        const { status } = peer.call({ path, body: [message(HELLO)] });
        assertEquals(await status, "UNIMPLEMENTED");
        assertEquals(await log.finished(), ["started", "finished UNIMPLEMENTED"]);
        assertEquals(log.methods, ["unknown/unknown"]);
      }, { interceptors: [log] });
    },
  );
}

testWith(["net", "env"], "ServerCall reports nothing of what is no gRPC call", async () => {
  const log = new CallLog();
  await withTalker({}, async ({ port }) => {
    await using peer = rawPeer(port);
    const path = "/test.Talker/say";
    const { status } = peer.call({ path, headers: { "content-type": "text/html" } });
    assertEquals(await status, "HTTP 415");
    assertEquals(await peer.call({ path, body: [message(HELLO)] }).status, "OK");
    await log.finished();
    assertEquals(log.calls.length, 1);
  }, { interceptors: [log] });
});
