/** What a peer can send to make work, and where it ends (RFC 9113, section 10.5). */
import { assert, assertEquals, assertLess } from "@std/assert";
import { frame, request, requestFields, setting, TestPeer, uint32 } from "./connection_fixture.ts";
import { FrameType } from "./frame.ts";
import { encodeFields } from "./hpack/encoder.ts";

const { DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PING, WINDOW_UPDATE, CONTINUATION } =
  FrameType;
const PING_FRAME = frame(PING, 0, 0, new Uint8Array(8));

/** The frames of round `at`; the same rounds, again and again, must come to an end. */
const FLOODS: Readonly<Record<string, readonly [(at: number) => number[][], limit: string]>> = {
  "streams that it resets (CVE-2023-44487)": [
    (at) => [request(2 * at + 1), frame(RST_STREAM, 0, 2 * at + 1, uint32(8))],
    "resets",
  ],
  "streams that it makes us reset (CVE-2025-8671)": [
    (at) => [request(2 * at + 1), frame(WINDOW_UPDATE, 0, 2 * at + 1, uint32(0))],
    "resets",
  ],
  "requests that are malformed": [
    (at) => [frame(HEADERS, 5, 2 * at + 1, encodeFields([":method", "GET"]))],
    "resets",
  ],
  "empty CONTINUATION (CVE-2024-27316)": [
    (at) => [at === 0 ? frame(HEADERS, 1, 1, []) : frame(CONTINUATION, 0, 1, [])],
    "headers",
  ],
  "CONTINUATION without end": [
    (at) => [
      at === 0 ? frame(HEADERS, 1, 1, []) : frame(CONTINUATION, 0, 1, new Uint8Array(16_000)),
    ],
    "headers",
  ],
  "PING": [() => [PING_FRAME], "pings"],
  "SETTINGS": [(at) => [frame(SETTINGS, 0, 0, setting(4, at))], "frames"],
  "acknowledged SETTINGS": [() => [frame(SETTINGS, 1, 0, [])], "frames"],
  "empty DATA": [
    (at) => [...at === 0 ? [request(1, false)] : [], frame(DATA, 0, 1, [])],
    "frames",
  ],
  "PRIORITY": [() => [frame(PRIORITY, 0, 1, [0, 0, 0, 3, 1])], "frames"],
  "frames of unknown types": [() => [frame(77, 0, 0, [])], "frames"],
};
for (const [title, [round, limit]] of Object.entries(FLOODS)) {
  Deno.test(`Http2Connection ends for a flood of ${title}`, () => {
    const peer = new TestPeer({ maxBurst: 100, maxConcurrentStreams: 1000 }).greet();
    let at = 0;
    for (; at < 1000 && peer.end === undefined; at++) peer.send(...round(at));
    assertLess(at, 110);
    assertEquals(peer.refused, [limit]);
    assertEquals(peer.frames().at(-1)?.includes("ENHANCE_YOUR_CALM"), true);
    assertEquals(peer.requests.every(({ closed }) => closed !== undefined), true, "all are told");
  });
}

Deno.test("Http2Connection bears what comes slowly enough, and broken calls among good ones", () => {
  const peer = new TestPeer({ maxBurst: 10, maxBurstPerSecond: 10 }, ({ stream }) => {
    stream.end(encodeFields([":status", "200"]));
  }).greet();
  for (let at = 0; at < 200; at++) {
    peer.send(frame(SETTINGS, 0, 0, []));
    peer.clock.pass(101);
  }
  for (let id = 1; id < 800; id += 4) {
    peer.send(request(id), request(id + 2, false), frame(RST_STREAM, 0, id + 2, uint32(8)));
  }
  assertEquals(peer.end, undefined);
});

Deno.test("Http2Connection lets replies wait up to its limit, and one of any size", () => {
  const peer = new TestPeer({ maxWaitingBytes: 1000 }, ({ stream }) => {
    stream.data(new Uint8Array(), new Uint8Array(900), () => {});
    stream.end();
  }).greet();
  peer.send(frame(SETTINGS, 0, 0, setting(4, 0)));
  peer.frames();
  peer.send(request(1), request(3));
  assertEquals(peer.frames(), ["RST_STREAM 3 ENHANCE_YOUR_CALM"]);
  assertEquals([peer.refused, peer.requests[1]?.closed], [["replies"], "limited"]);
  peer.send(frame(WINDOW_UPDATE, 0, 1, uint32(900)), request(5));
  assertEquals(peer.frames(), ["DATA 1 900", "DATA 1 END_STREAM 0"]);
  assertEquals(peer.requests[2]?.closed, undefined);
});

Deno.test("Http2Connection takes DATA from its streams only while little waits to be sent", () => {
  const peer = new TestPeer({ maxConcurrentStreams: 1000 }, ({ stream }) => {
    stream.data(new Uint8Array(), new Uint8Array(10_000), () => {});
    stream.end();
  }).greet();
  peer.send(frame(WINDOW_UPDATE, 0, 0, uint32(10_000_000)));
  for (let id = 1; id < 200; id += 2) peer.send(request(id));
  assert(peer.connection.pending < 200_000, `${peer.connection.pending} bytes`);
  assertEquals(peer.requests.length, 100);
  const sent = peer.frames().filter((line) => / 10000$/.test(line)).length;
  assert(sent > 13, "as they are sent more follow");
});

Deno.test("Http2Connection gives up all when it is lost, while a reply waits", () => {
  const peer = new TestPeer({ greetingTimeoutMs: 1000, maxIdleMs: 1000 }, ({ stream }) => {
    stream.data(new Uint8Array(), new Uint8Array(100_000), () => {});
  }).greet();
  peer.send(request(1), request(3, false), frame(HEADERS, 1, 5, requestFields()));
  peer.connection.lost();
  assertEquals(peer.requests.map(({ closed }) => closed), ["lost", "lost"]);
  assertEquals([peer.connection.pending, peer.clock.waiting], [0, 0]);
  peer.send(request(7));
  assertEquals(peer.frames(), []);
});
