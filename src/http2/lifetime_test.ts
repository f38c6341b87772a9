import { assertEquals } from "@std/assert";
import { frame, PREFACE, request, TestPeer } from "./connection_fixture.ts";
import { FrameType } from "./frame.ts";
import { encodeFields } from "./hpack/encoder.ts";

const OK = encodeFields([":status", "200"]);
const GOODBYE = frame(FrameType.PING, 1, 0, new TextEncoder().encode("goodbye!"));

Deno.test("Lifetime says goodbye in two phases (6.8), and refuses nothing in between", () => {
  const peer = new TestPeer({ maxAgeMs: 1000 }).greet();
  peer.send(request(1));
  peer.clock.pass(1100);
  assertEquals(peer.frames(), ["GOAWAY 0 last 2147483647 NO_ERROR max_age", "PING 0"]);
  peer.send(request(3), GOODBYE, request(5));
  assertEquals(peer.frames(), ["GOAWAY 0 last 3 NO_ERROR", "RST_STREAM 5 REFUSED_STREAM"]);
  for (const { stream } of peer.requests) {
    assertEquals(peer.end, undefined);
    stream.end(OK);
  }
  assertEquals([peer.end, peer.clock.waiting], ["over", 0]);
});

Deno.test("Lifetime does not wait for ever for a client that answers no ping", () => {
  const peer = new TestPeer({ maxIdleMs: 1000 }).greet();
  peer.clock.pass(1000);
  assertEquals(peer.frames(), ["GOAWAY 0 last 2147483647 NO_ERROR max_idle", "PING 0"]);
  peer.clock.pass(1000);
  assertEquals([peer.frames(), peer.end], [["GOAWAY 0 last 0 NO_ERROR"], "over"]);
});

Deno.test("Lifetime lets a client begin before it tells it to go (6.5.3, 6.8)", () => {
  const settings = (flags: number) => frame(FrameType.SETTINGS, flags, 0, []);
  const peer = new TestPeer();
  peer.send(PREFACE, settings(0));
  peer.frames();
  peer.connection.close();
  peer.connection.close();
  assertEquals(peer.frames(), []);
  peer.send(settings(1));
  assertEquals(peer.frames(), ["GOAWAY 0 last 2147483647 NO_ERROR graceful_stop", "PING 0"]);
  const silent = new TestPeer();
  silent.send(PREFACE, settings(0));
  silent.connection.close();
  silent.frames();
  silent.clock.pass(2000);
  assertEquals([silent.frames().length, silent.end], [3, "over"], "not for ever");
});

Deno.test("Lifetime counts idling from the end of the last stream", () => {
  const peer = new TestPeer({ maxIdleMs: 1000 }).greet();
  peer.clock.pass(900);
  peer.send(request(1));
  peer.clock.pass(5000);
  peer.requests[0]?.stream.end(OK);
  peer.frames();
  peer.clock.pass(900);
  assertEquals(peer.frames(), []);
  peer.clock.pass(200);
  assertEquals(peer.frames().length, 2);
});

Deno.test("Lifetime cuts calls that outlive their connection's age by its grace", () => {
  const peer = new TestPeer({ maxAgeMs: 1000, maxAgeGraceMs: 5000 }).greet();
  peer.send(request(1));
  peer.clock.pass(6200);
  assertEquals(peer.end, "cut: its calls outlived its age");
});

Deno.test("Lifetime pings a client that is silent, and cuts one that does not answer", () => {
  const peer = new TestPeer({ keepaliveTimeMs: 1000, keepaliveTimeoutMs: 100 }).greet();
  peer.clock.pass(1000);
  assertEquals(peer.frames(), [], "it has just been heard");
  peer.clock.pass(1000);
  assertEquals(peer.frames(), ["PING 0"]);
  peer.send(frame(FrameType.PING, 1, 0, new Uint8Array(8)));
  peer.clock.pass(1100);
  assertEquals([peer.frames(), peer.end], [["PING 0"], undefined], "it was heard in time");
  peer.clock.pass(100);
  assertEquals(peer.end, "cut: it does not answer a ping");
});

Deno.test("Lifetime pings again when its time has passed since the answer, not since the time-out", () => {
  const peer = new TestPeer({ keepaliveTimeMs: 1000, keepaliveTimeoutMs: 60_000 }).greet();
  const answer = frame(FrameType.PING, 1, 0, new TextEncoder().encode("keepaliv"));
  peer.clock.pass(1000);
  for (let pings = 0; pings < 3; pings++) {
    peer.clock.pass(1000);
    assertEquals(peer.frames(), ["PING 0"]);
    peer.send(answer);
  }
  peer.clock.pass(61_000);
  assertEquals(peer.end, "cut: it does not answer a ping");
});

Deno.test("Lifetime cuts a client that does not begin (3.4)", () => {
  const peer = new TestPeer({ greetingTimeoutMs: 1000 });
  peer.sendBytes(new TextEncoder().encode("PRI * HTTP"));
  peer.clock.pass(1000);
  assertEquals(peer.end, "cut: it does not begin");
});

Deno.test("Http2Connection.close() says goodbye in two phases (6.8), and ends with the last", () => {
  const peer = new TestPeer().greet();
  peer.send(request(1));
  peer.connection.close();
  peer.send(request(3), GOODBYE, request(5));
  assertEquals(peer.frames(), [
    "GOAWAY 0 last 2147483647 NO_ERROR graceful_stop",
    "PING 0",
    "GOAWAY 0 last 3 NO_ERROR",
    "RST_STREAM 5 REFUSED_STREAM",
  ]);
  for (const { stream } of peer.requests) {
    assertEquals(peer.end, undefined);
    stream.end(OK);
  }
  assertEquals([peer.end, peer.clock.waiting], ["over", 0]);
});

Deno.test("Http2Connection ends after its last stream when the client goes (6.8)", () => {
  const peer = new TestPeer().greet();
  peer.send(request(1), frame(FrameType.GOAWAY, 0, 0, new Uint8Array(8)));
  assertEquals(peer.end, undefined);
  peer.requests[0]?.stream.end(OK);
  assertEquals([peer.end, peer.frames().at(-1)], ["over", "GOAWAY 0 last 1 NO_ERROR"]);
});
