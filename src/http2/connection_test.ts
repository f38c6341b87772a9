/** Each enforced rule, named after its section of RFC 9113. */
import { assertEquals } from "@std/assert";
import {
  frame,
  PREFACE,
  request,
  requestFields,
  setting,
  TestPeer,
  type TestRequest,
  uint32,
} from "./connection_fixture.ts";
import { FrameType } from "./frame.ts";
import { encodeFields } from "./hpack/encoder.ts";

const { DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY } = FrameType;
const { WINDOW_UPDATE, CONTINUATION } = FrameType;
const STATUS_200 = encodeFields([":status", "200"]);

function data(stream: number, bytes: number[], end = false): number[] {
  return frame(DATA, end ? 1 : 0, stream, bytes);
}

/** Answers with 200 and so many bytes. */
function answer(length: number) {
  return ({ stream }: TestRequest) => {
    stream.headers(STATUS_200);
    stream.data(new Uint8Array(), new Uint8Array(length), () => {});
    stream.end();
  };
}

/** What ends the connection: title, frames after the preface, error code, and what it says. */
const CONNECTION_ERRORS: readonly (readonly [string, number[][], string, string])[] = [
  [
    "4.2: a frame is larger than MAX_FRAME_SIZE",
    [[0, 0x40, 1, DATA, 0, 0, 0, 0, 1]],
    "FRAME_SIZE_ERROR",
    "A frame of 16385 bytes is larger than the limit of 16384",
  ],
  [
    "4.3: a header block is broken",
    [frame(HEADERS, 5, 1, [0x80])],
    "COMPRESSION_ERROR",
    "A header block has no field has the index 0",
  ],
  ["5.1: DATA of an idle stream", [data(1, [1])], "PROTOCOL_ERROR", "Stream 1 was never opened"],
  [
    "5.1: RST_STREAM of an idle stream",
    [frame(RST_STREAM, 0, 1, uint32(8))],
    "PROTOCOL_ERROR",
    "Stream 1 was never opened",
  ],
  [
    "5.1: WINDOW_UPDATE of an idle stream",
    [frame(WINDOW_UPDATE, 0, 1, uint32(8))],
    "PROTOCOL_ERROR",
    "Stream 1 was never opened",
  ],
  [
    "5.1.1: a client opens an even stream",
    [request(2)],
    "PROTOCOL_ERROR",
    "Stream 2 is a server's",
  ],
  [
    "5.1.1: a stream is opened that was passed over",
    [request(5), request(3)],
    "PROTOCOL_ERROR",
    "Stream 3 cannot be opened any more",
  ],
  ["6.1: DATA without a stream", [data(0, [1])], "PROTOCOL_ERROR", "Type 0 needs a stream"],
  [
    "6.1: more padding than frame",
    [request(1, false), frame(DATA, 8, 1, [2, 0])],
    "PROTOCOL_ERROR",
    "More padding than the frame has room for",
  ],
  ["6.2: HEADERS without a stream", [request(0)], "PROTOCOL_ERROR", "Type 1 needs a stream"],
  [
    "6.2: HEADERS too short for their priority",
    [frame(HEADERS, 0x24, 1, [0, 0])],
    "PROTOCOL_ERROR",
    "HEADERS end early",
  ],
  [
    "6.3: PRIORITY without a stream",
    [frame(PRIORITY, 0, 0, [0, 0, 0, 0, 1])],
    "PROTOCOL_ERROR",
    "Type 2 needs a stream",
  ],
  [
    "6.4: RST_STREAM without a stream",
    [frame(RST_STREAM, 0, 0, uint32(8))],
    "PROTOCOL_ERROR",
    "Type 3 needs a stream",
  ],
  [
    "6.4: RST_STREAM of a wrong length",
    [request(1, false), frame(RST_STREAM, 0, 1, [0])],
    "FRAME_SIZE_ERROR",
    "Type 3 has 1 bytes",
  ],
  [
    "6.5: SETTINGS of a stream",
    [frame(SETTINGS, 0, 1, [])],
    "PROTOCOL_ERROR",
    "Type 4 takes no stream",
  ],
  [
    "6.5: SETTINGS of a wrong length",
    [frame(SETTINGS, 0, 0, [0, 1, 0])],
    "FRAME_SIZE_ERROR",
    "SETTINGS of 3 bytes",
  ],
  [
    "6.5: an acknowledgement with settings",
    [frame(SETTINGS, 1, 0, setting(1, 1))],
    "FRAME_SIZE_ERROR",
    "SETTINGS of 6 bytes",
  ],
  [
    "6.5.2: ENABLE_PUSH of 2",
    [frame(SETTINGS, 0, 0, setting(2, 2))],
    "PROTOCOL_ERROR",
    "ENABLE_PUSH must be from 0 to 1, it is 2",
  ],
  [
    "6.5.2: a window beyond 2^31-1",
    [frame(SETTINGS, 0, 0, setting(4, 2 ** 31))],
    "FLOW_CONTROL_ERROR",
    "INITIAL_WINDOW_SIZE must be from 0 to 2147483647, it is 2147483648",
  ],
  [
    "6.5.2: a MAX_FRAME_SIZE of 16383",
    [frame(SETTINGS, 0, 0, setting(5, 16_383))],
    "PROTOCOL_ERROR",
    "MAX_FRAME_SIZE must be from 16384 to 16777215, it is 16383",
  ],
  [
    "6.6: PUSH_PROMISE of a client",
    [frame(PUSH_PROMISE, 4, 1, uint32(2))],
    "PROTOCOL_ERROR",
    "A frame of type 5 comes here",
  ],
  [
    "6.7: PING of a stream",
    [frame(PING, 0, 1, new Uint8Array(8))],
    "PROTOCOL_ERROR",
    "Type 6 takes no stream",
  ],
  [
    "6.7: PING of a wrong length",
    [frame(PING, 0, 0, [1])],
    "FRAME_SIZE_ERROR",
    "Type 6 has 1 bytes",
  ],
  [
    "6.8: GOAWAY of a stream",
    [frame(GOAWAY, 0, 1, new Uint8Array(8))],
    "PROTOCOL_ERROR",
    "Type 7 takes no stream",
  ],
  ["6.8: GOAWAY that is too short", [frame(GOAWAY, 0, 0, [1])], "FRAME_SIZE_ERROR", "GOAWAY"],
  [
    "6.9: WINDOW_UPDATE of 0",
    [frame(WINDOW_UPDATE, 0, 0, uint32(0))],
    "PROTOCOL_ERROR",
    "WINDOW_UPDATE of 0",
  ],
  [
    "6.9: WINDOW_UPDATE of a wrong length",
    [frame(WINDOW_UPDATE, 0, 0, [1])],
    "FRAME_SIZE_ERROR",
    "Type 8 has 1 bytes",
  ],
  [
    "6.9.1: a connection's window beyond 2^31-1",
    [frame(WINDOW_UPDATE, 0, 0, uint32(2 ** 31 - 1))],
    "FLOW_CONTROL_ERROR",
    "The connection's window is too large",
  ],
  [
    "6.10: CONTINUATION without HEADERS",
    [frame(CONTINUATION, 4, 1, [])],
    "PROTOCOL_ERROR",
    "A frame of type 9 comes here",
  ],
  [
    "6.10: another frame within a header block",
    [
      frame(HEADERS, 1, 1, requestFields()),
      frame(PING, 0, 0, new Uint8Array(8)),
    ],
    "PROTOCOL_ERROR",
    "Only CONTINUATION may follow here",
  ],
  [
    "6.10: CONTINUATION of another stream",
    [
      frame(HEADERS, 1, 1, requestFields()),
      frame(CONTINUATION, 4, 3, []),
    ],
    "PROTOCOL_ERROR",
    "Only CONTINUATION may follow here",
  ],
];
for (const [title, frames, code, message] of CONNECTION_ERRORS) {
  Deno.test(`Http2Connection ends with ${code} for ${title}`, () => {
    const peer = new TestPeer().greet();
    peer.send(...frames);
    const goaway = peer.frames().at(-1)?.replace(/last \d+/, "");
    assertEquals([goaway, peer.end], [`GOAWAY 0  ${code} ${message}`, `over: ${message}`]);
  });
}

Deno.test("Http2Connection ends with PROTOCOL_ERROR for 3.4: a preface that is another", () => {
  const peer = new TestPeer();
  peer.sendBytes(new TextEncoder().encode("GET / HTTP/1.1\r\n"));
  assertEquals(
    peer.frames().at(-1),
    "GOAWAY 0 last 0 PROTOCOL_ERROR The peer does not speak HTTP/2",
  );
});

Deno.test("Http2Connection ends with PROTOCOL_ERROR for 3.4: a first frame that is not SETTINGS", () => {
  const peer = new TestPeer();
  peer.send(PREFACE, frame(PING, 0, 0, new Uint8Array(8)));
  assertEquals(peer.end, "over: The first frame must be SETTINGS");
});

/** What ends a stream, while another goes on: title, frames, code. Stream 1 is open. */
const STREAM_ERRORS: readonly (readonly [string, readonly number[][], string])[] = [
  ["5.1: DATA after the end of a request", [data(1, [], true), data(1, [1])], "STREAM_CLOSED"],
  ["5.1: HEADERS after the end of a request", [data(1, [], true), request(1)], "STREAM_CLOSED"],
  ["5.3.1: HEADERS that depend on themselves", [
    frame(HEADERS, 0x25, 3, [...uint32(3), 1, ...requestFields()]),
  ], "PROTOCOL_ERROR"],
  ["6.3: PRIORITY of a wrong length", [frame(PRIORITY, 0, 1, [1])], "FRAME_SIZE_ERROR"],
  [
    "6.3: PRIORITY that depends on itself",
    [frame(PRIORITY, 0, 1, [...uint32(1), 1])],
    "PROTOCOL_ERROR",
  ],
  ["6.9: WINDOW_UPDATE of 0", [frame(WINDOW_UPDATE, 0, 1, uint32(0))], "PROTOCOL_ERROR"],
  [
    "6.9.1: a window beyond 2^31-1",
    [frame(WINDOW_UPDATE, 0, 1, uint32(2 ** 31 - 1))],
    "FLOW_CONTROL_ERROR",
  ],
  ["8.1: trailers that do not end the request", [request(1, false)], "PROTOCOL_ERROR"],
  ["8.1: trailers with a pseudo-header field", [request(1)], "PROTOCOL_ERROR"],
  ["8.1.1: a content-length that is not kept", [
    frame(HEADERS, 4, 3, requestFields("content-length", "2")),
    data(3, [1], true),
  ], "PROTOCOL_ERROR"],
  ...[
    ["8.2.1: a name in upper case", "X-A", "1"],
    ["8.2.1: a name with a space", "a b", "1"],
    ["8.2.1: a value with a line feed", "a", "1\n2"],
    ["8.2.1: a value that begins with a space", "a", " 1"],
    ["8.2.1: a value that ends with a space", "a", "1 "],
    ["8.2.2: a field of HTTP/1.1", "connection", "close"],
    ["8.2.2: te that is not trailers", "te", "gzip"],
    ["8.3: a pseudo-header field after others", ":authority", "y"],
    ["8.3: a pseudo-header field that is unknown", ":x", "y"],
    ["8.3: a pseudo-header field of responses", ":status", "200"],
    ["8.1.1: content-length that is no number", "content-length", "x"],
  ].map(([title = "", ...fields]) =>
    [title, [frame(HEADERS, 5, 3, requestFields("a", "b", ...fields))], "PROTOCOL_ERROR"] as const
  ),
  ...([
    ["8.3.1: no :method", [":scheme", "http", ":path", "/"]],
    ["8.3.1: no :scheme", [":method", "POST", ":path", "/"]],
    ["8.3.1: no :path", [":method", "POST", ":scheme", "http"]],
    ["8.3.1: an empty :path", [":method", "POST", ":scheme", "http", ":path", ""]],
    ["8.3.1: :method twice", [":method", "POST", ":method", "POST", ":scheme", "x", ":path", "/"]],
    ["8.5: CONNECT with a path", [":method", "CONNECT", ":authority", "x", ":path", "/"]],
  ] as const).map(([title, fields]) =>
    [title, [frame(HEADERS, 5, 3, encodeFields(fields))], "PROTOCOL_ERROR"] as const
  ),
];
for (const [title, frames, code] of STREAM_ERRORS) {
  Deno.test(`Http2Connection resets a stream with ${code} for ${title}`, () => {
    const peer = new TestPeer().greet();
    peer.send(request(1, false), ...frames);
    assertEquals(peer.frames().at(-1)?.replace(/ [13] /, " "), `RST_STREAM ${code}`);
    peer.send(request(9));
    assertEquals([peer.requests.at(-1)?.ended, peer.end], [true, undefined], "others go on");
  });
}

Deno.test("Http2Connection takes 4.1: frames in parts, however they are cut", () => {
  const all = [PREFACE, frame(SETTINGS, 0, 0, []), request(1, false), data(1, [1, 2, 3], true)];
  for (let size = 1; size < 40; size++) {
    const peer = new TestPeer({}, answer(3));
    const bytes = Uint8Array.from(all.flat());
    for (let at = 0; at < bytes.length; at += size) peer.sendBytes(bytes.slice(at, at + size));
    assertEquals(peer.requests[0]?.data, [1, 2, 3]);
    assertEquals(peer.frames().slice(-3), ["HEADERS 1", "DATA 1 3", "DATA 1 END_STREAM 0"]);
  }
});

Deno.test("Http2Connection passes over 5.5: frames of unknown types", () => {
  const peer = new TestPeer({}, answer(0)).greet();
  peer.send(frame(99, 255, 7, [1, 2, 3]), request(1));
  assertEquals(peer.frames(), ["HEADERS 1", "DATA 1 END_STREAM 0"]);
});

Deno.test("Http2Connection takes 6.1 and 6.2: padding away, and gives its window back", () => {
  const peer = new TestPeer().greet();
  peer.send(
    frame(HEADERS, 0x2c, 1, [2, ...uint32(0), 1, ...requestFields(), 0, 0]),
    frame(DATA, 8, 1, [3, 7, 0, 0, 0]),
  );
  assertEquals(peer.requests[0]?.data, [7]);
});

Deno.test("Http2Connection puts 6.10: CONTINUATION together", () => {
  const peer = new TestPeer().greet();
  const block = requestFields("a", "b");
  peer.send(
    frame(HEADERS, 1, 1, block.subarray(0, 3)),
    frame(CONTINUATION, 0, 1, block.subarray(3, 9)),
    frame(CONTINUATION, 4, 1, block.subarray(9)),
  );
  assertEquals(peer.requests[0]?.stream.head.fields, ["a", "b"]);
});

Deno.test("Http2Connection refuses 5.1.2: a stream more than MAX_CONCURRENT_STREAMS", () => {
  const peer = new TestPeer({ maxConcurrentStreams: 2 }).greet();
  peer.send(request(1), request(3), request(5));
  assertEquals([peer.frames(), peer.refused], [["RST_STREAM 5 REFUSED_STREAM"], ["streams"]]);
  peer.requests[0]?.stream.end(STATUS_200);
  peer.send(request(7));
  assertEquals(peer.requests.length, 3);
});

Deno.test("Http2Connection counts a stream that was reset until its handler has returned", () => {
  const peer = new TestPeer({ maxConcurrentStreams: 1 }).greet();
  peer.send(request(1));
  const [first] = peer.requests;
  if (first === undefined) throw new Error("no request");
  first.running = true;
  peer.send(frame(RST_STREAM, 0, 1, uint32(8)), request(3));
  assertEquals([first.closed, peer.frames()], ["reset", ["RST_STREAM 3 REFUSED_STREAM"]]);
  first.stream.settled();
  first.stream.settled();
  peer.send(request(5), request(7));
  assertEquals(peer.frames(), ["RST_STREAM 7 REFUSED_STREAM"], "once");
});

Deno.test("Http2Connection passes over 5.1: what was under way to a stream that it has reset", () => {
  const peer = new TestPeer().greet();
  peer.send(request(1, false));
  peer.requests[0]?.stream.reset("CANCEL");
  peer.send(data(1, [1]), request(1), frame(RST_STREAM, 0, 1, uint32(8)));
  assertEquals([peer.frames(), peer.end], [["RST_STREAM 1 CANCEL"], undefined]);
});

Deno.test("Http2Connection ends with STREAM_CLOSED for 5.1: HEADERS of a stream that has ended", () => {
  const peer = new TestPeer({}, answer(0)).greet();
  peer.send(request(1), request(1));
  assertEquals(peer.frames().at(-1)?.includes("STREAM_CLOSED"), true);
});

Deno.test("Http2Connection resets 8.1: a stream whose request it does not wait for", () => {
  const peer = new TestPeer().greet();
  peer.send(request(1, false));
  peer.requests[0]?.stream.end(STATUS_200);
  assertEquals(peer.frames(), ["HEADERS 1 END_STREAM", "RST_STREAM 1 NO_ERROR"]);
  assertEquals(peer.requests[0]?.closed, "sent");
});

Deno.test("Http2Connection acknowledges 6.5.3: settings before it sends what they allow", () => {
  const peer = new TestPeer({}, answer(10));
  peer.send(PREFACE, frame(SETTINGS, 0, 0, setting(4, 0)), request(1));
  assertEquals(peer.frames().slice(-2), ["SETTINGS 0 ACK", "HEADERS 1"]);
  peer.send(frame(SETTINGS, 0, 0, setting(4, 10)));
  assertEquals(peer.frames(), ["SETTINGS 0 ACK", "DATA 1 10", "DATA 1 END_STREAM 0"]);
});

Deno.test("Http2Connection sends 6.9.2: nothing while a window is negative", () => {
  const peer = new TestPeer({}, answer(100)).greet();
  peer.send(frame(SETTINGS, 0, 0, setting(4, 60)), request(1));
  assertEquals(peer.frames(), ["SETTINGS 0 ACK", "HEADERS 1", "DATA 1 60"]);
  peer.send(frame(SETTINGS, 0, 0, setting(4, 20)), frame(WINDOW_UPDATE, 0, 1, uint32(40)));
  assertEquals(peer.frames(), ["SETTINGS 0 ACK"]);
  peer.send(frame(WINDOW_UPDATE, 0, 1, uint32(40)));
  assertEquals(peer.frames(), ["DATA 1 40", "DATA 1 END_STREAM 0"]);
});

Deno.test("Http2Connection keeps 6.9.1: the connection's window, and gives streams turns", () => {
  const peer = new TestPeer({}, answer(70_000)).greet();
  peer.send(request(1), request(3));
  const sizes = (frames: string[]) => frames.filter((line) => line.startsWith("DATA"));
  assertEquals(sizes(peer.frames()).at(-1), "DATA 1 16383", "65,535 bytes in all");
  peer.send(frame(WINDOW_UPDATE, 0, 1, uint32(1000)), frame(WINDOW_UPDATE, 0, 0, uint32(40_000)));
  assertEquals(sizes(peer.frames()), [
    "DATA 3 16384",
    "DATA 1 1000",
    "DATA 3 16384",
    "DATA 3 6232",
  ]);
});

Deno.test("Http2Connection ends streams for 6.9: data beyond the window", () => {
  const peer = new TestPeer({ streamWindow: 10, connectionWindow: 65_535 }).greet();
  peer.send(request(1, false), data(1, new Array(11).fill(0)));
  assertEquals(peer.frames(), ["RST_STREAM 1 FLOW_CONTROL_ERROR"]);
});

Deno.test("Http2Connection gives 6.9: windows back as they are used", () => {
  const peer = new TestPeer({ streamWindow: 20_000, connectionWindow: 65_535 }).greet();
  peer.send(request(1, false), data(1, new Array(15_000).fill(0)));
  assertEquals(peer.frames(), [], "nothing is consumed");
  peer.requests[0]?.stream.consumed(15_000);
  assertEquals(peer.frames(), ["WINDOW_UPDATE 1 15000"]);
  peer.send(data(1, new Array(16_000).fill(0)), data(1, new Array(2000).fill(0)));
  assertEquals(peer.frames(), ["WINDOW_UPDATE 0 33000"], "of the connection, whoever consumes");
});

Deno.test("Http2Connection tells of RFC 7541, 4.2: a table that the peer made smaller", () => {
  const peer = new TestPeer().greet();
  peer.send(frame(SETTINGS, 0, 0, setting(1, 0)), request(1));
  peer.frames();
  peer.requests[0]?.stream.end(STATUS_200);
  const sent = peer.connection.take() ?? new Uint8Array();
  assertEquals([...sent.subarray(9)], [0x20, 0x88]);
});

Deno.test("Http2Connection does not take a request for complete that is broken off in one breath", () => {
  const peer = new TestPeer().greet();
  peer.send(request(1, false), data(1, [], true), frame(RST_STREAM, 0, 1, uint32(8)));
  assertEquals([peer.requests[0]?.ended, peer.requests[0]?.closed], [false, "reset"]);
});

Deno.test("Http2Connection answers 431 where the fields are too large, and understands what follows", () => {
  const peer = new TestPeer({ maxHeaderListSize: 200 }).greet();
  peer.send(frame(HEADERS, 5, 1, requestFields("a", "b".repeat(200))), request(3));
  assertEquals(peer.frames(), ["HEADERS 1 END_STREAM", "RST_STREAM 1 NO_ERROR"]);
  assertEquals([peer.refused, peer.requests.length], [["headers"], 1]);
});
