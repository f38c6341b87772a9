/**
 * What clients say to a server over a connection, whole conversations, made by our own encoder: sound
 * ones, and such that junk is put in where only gRPC would notice.
 *
 * @module
 */
import { deflateSync, gzipSync } from "node:zlib";
import { frame, PREFACE, setting, uint32 } from "../../http2/connection_fixture.ts";
import { Flag, FrameType } from "../../http2/frame.ts";
import { encodeFields } from "../../http2/hpack/encoder.ts";
import type { SeededRandom } from "../../testing/fuzz.ts";
import { METHODS } from "../../testing/talker.ts";

/** A frame, or the preface: bytes. */
export type Bytes = readonly number[];

const { DATA, HEADERS, CONTINUATION, RST_STREAM, SETTINGS, PING, WINDOW_UPDATE, PRIORITY, GOAWAY } =
  FrameType;

/** What handlers are asked to do; see `handlers` in `fuzz_fixture.ts`. */
const TEXTS = ["echo", "echo", "big", "many", "fail", "refuse", "x".repeat(300)] as const;
const LONGER_TEXT = "v".repeat(2000);
const LONG_TEXT = "y".repeat(40_000);

const TIMEOUTS = ["10S", "1H", "99999999H", "60000m", "20000000u"];
const BAD_TIMEOUTS = [
  "",
  "S",
  "1",
  "-1S",
  "1.5S",
  "123456789S",
  "1s",
  "0n",
  "1n",
  "3m",
  "1S1S",
  "\xff",
];
const BAD_BINARY = ["=", "a", "!!!!", "AA==,", ",,,", "AA=A", "\xe4\xf6", "A".repeat(5000)];

/** Literal with incremental indexing (RFC 7541, section 6.2.1), and what refers to it afterwards. */
const KEEP_FIELD = [0x40, 6, ...new TextEncoder().encode("x-kept"), 3, 97, 98, 99];
const KEPT_FIELD = [0xbe];

/** A message of `test.Text` in gRPC's framing. */
function message(text: string, encode?: (bytes: Uint8Array) => Uint8Array): number[] {
  const utf8 = new TextEncoder().encode(text);
  const { length } = utf8;
  const body = [
    0x0a,
    ...length < 128
      ? [length]
      : length < 16_384
      ? [length & 127 | 128, length >>> 7]
      : [length & 127 | 128, length >>> 7 & 127 | 128, length >>> 14],
    ...utf8,
  ];
  const sent = encode === undefined ? body : [...encode(Uint8Array.from(body))];
  return [encode === undefined ? 0 : 1, ...uint32(sent.length), ...sent];
}

/** A message whose prefix lies. */
function badMessage(random: SeededRandom): number[] {
  const sound = message(random.pick(TEXTS));
  return random.pick([
    () => [random.below(256), ...sound.slice(1)],
    () => [0, ...uint32(random.pick([0, 1, 5_000, 70_000, 4_194_304, 4_194_305, 2 ** 32 - 1]))],
    () => [1, ...sound.slice(1)],
    () => sound.slice(0, random.below(sound.length)),
    () => [...sound.slice(0, 5), ...sound.slice(5).map(() => random.below(256))],
    () => [...sound, ...sound.slice(0, 3)],
  ])();
}

interface Call {
  readonly frames: Bytes[];
  readonly stream: number;
}

const COMPRESSIONS = [["gzip", gzipSync], ["deflate", deflateSync]] as const;

function call(random: SeededRandom, stream: number, isFirst: boolean, junk: boolean): Call {
  const isJunk = () => junk && random.below(6) === 0;
  const method = isJunk() ? random.pick(["none", "", "say/x"]) : random.pick(METHODS);
  const fields = [":method", isJunk() ? "GET" : "POST", ":scheme", "http"];
  fields.push(":path", `/test.Talker/${method}`, ":authority", "x");
  fields.push("content-type", isJunk() ? "text/html" : "application/grpc", "te", "trailers");
  const compression = random.below(6) === 0 ? random.pick(COMPRESSIONS) : undefined;
  if (compression) fields.push("grpc-encoding", isJunk() ? "br" : compression[0]);
  if (random.below(2) === 0) {
    fields.push(
      "grpc-timeout",
      isJunk() || isJunk() ? random.pick(BAD_TIMEOUTS) : random.pick(TIMEOUTS),
    );
  }
  if (random.below(3) === 0) {
    fields.push("x-one-bin", isJunk() ? random.pick(BAD_BINARY) : "AAEC,Aw==");
  }
  if (random.below(3) === 0) fields.push("x-text", "w".repeat(random.below(3000)));

  const single = method === "say" || method === "repeat";
  const count = single && !isJunk() ? 1 : random.below(5);
  const text = () =>
    random.below(12) === 0 ? random.pick([LONG_TEXT, LONGER_TEXT]) : random.pick(TEXTS);
  const body = Array.from(
    { length: count },
    () => isJunk() ? badMessage(random) : message(text(), compression?.[1]),
  ).flat();
  const block = [...encodeFields(fields), ...isFirst ? KEEP_FIELD : KEPT_FIELD];
  return { stream, frames: [...headers(random, stream, block), ...data(random, stream, body)] };
}

/** A header block in one frame or more, with padding and priority or without. */
function headers(random: SeededRandom, stream: number, block: Bytes): Bytes[] {
  const parts = random.below(4) === 0 ? cut(random, block, 3) : [block];
  return parts.map((part, at) => {
    const end = at === parts.length - 1 ? Flag.END_HEADERS : 0;
    if (at > 0) return frame(CONTINUATION, end, stream, part);
    if (random.below(5) > 0) return frame(HEADERS, end, stream, part);
    const padding = random.below(20);
    const flags = end | Flag.PADDED | Flag.PRIORITY;
    const payload = [padding, 0, 0, 0, 0, 15, ...part, ...new Array<number>(padding).fill(0)];
    return frame(HEADERS, flags, stream, payload);
  });
}

/** Data in frames of any size, the last of which ends the request, or an empty one, or trailers. */
function data(random: SeededRandom, stream: number, body: Bytes): Bytes[] {
  const frames: Bytes[] = [];
  const parts = body.length > 16_000 ? 8 : 1 + random.below(4);
  for (const part of cut(random, body, parts)) {
    for (let at = 0; at < part.length; at += 16_000) {
      const bytes = part.slice(at, at + 16_000);
      if (random.below(8) > 0) frames.push(frame(DATA, 0, stream, bytes));
      else frames.push(frame(DATA, Flag.PADDED, stream, [3, ...bytes, 0, 0, 0]));
    }
  }
  if (random.below(8) === 0) {
    const trailers = encodeFields(["x-trailer", "1"]);
    frames.push(frame(HEADERS, Flag.END_HEADERS | Flag.END_STREAM, stream, trailers));
  } else frames.push(frame(DATA, Flag.END_STREAM, stream, []));
  return frames;
}

/** Cuts into `count` parts or fewer, at any places. */
function cut(random: SeededRandom, bytes: Bytes, count: number): Bytes[] {
  const places = Array.from({ length: count - 1 }, () => random.below(bytes.length + 1));
  const ends = [...places, bytes.length].sort((a, b) => a - b);
  return ends.map((end, at) => bytes.slice(ends[at - 1] ?? 0, end)).filter(({ length }) => length);
}

/** A conversation, frame by frame; the first is the preface. With `junk` gRPC finds fault with it. */
export function conversation(random: SeededRandom, junk: boolean): Bytes[] {
  const calls = Array.from(
    { length: 1 + random.below(5) },
    (_, at) => call(random, 2 * at + 1, at === 0, junk),
  );
  const begin: Bytes[] = [PREFACE, frame(SETTINGS, 0, 0, random.pick(GREETINGS))];
  return [...begin, ...interleave(random, calls), ...ending(random, junk, calls.length)];
}

const GREETINGS: readonly Bytes[] = [
  [],
  setting(4, 2 ** 20),
  [...setting(1, 0), ...setting(2, 0), ...setting(3, 7)],
  setting(4, 100),
];

/** The frames of calls in turns, each call's in their order and its header block in one piece. */
function interleave(random: SeededRandom, calls: readonly Call[]): Bytes[] {
  const all: Bytes[] = [];
  const rest = calls.map(({ frames }) => [...frames]);
  let next = 0;
  while (rest.some(({ length }) => length > 0)) {
    // Streams are opened in the order of their numbers.
    const open = random.below(next + 1);
    const frames = rest[open] ?? [];
    if (open === next && next < calls.length) {
      next++;
      do all.push(frames.shift() as Bytes); while (frames[0]?.[3] === CONTINUATION);
    } else if (frames.length > 0) all.push(frames.shift() as Bytes);
    if (random.below(5) === 0) all.push(aside(random, next));
  }
  // Windows for all that is still to come.
  all.push(frame(SETTINGS, 0, 0, setting(4, 2 ** 24)));
  all.push(frame(WINDOW_UPDATE, 0, 0, uint32(2 ** 24)));
  return all;
}

/** A sound frame that belongs to no call, or gives one room. */
function aside(random: SeededRandom, opened: number): Bytes {
  const stream = 2 * random.below(Math.max(1, opened)) + 1;
  return random.pick([
    () => frame(PRIORITY, 0, stream, [0, 0, 0, 0, 9]),
    () => frame(SETTINGS, Flag.ACK, 0, []),
    () => frame(WINDOW_UPDATE, 0, 0, uint32(1000)),
    () => opened === 0 ? frame(77, 0, 0, [1]) : frame(WINDOW_UPDATE, 0, stream, uint32(1000)),
    () => frame(SETTINGS, 0, 0, setting(4, random.pick([1, 65_535]))),
    () => frame(77, 255, 0, [1, 2, 3]),
    () => frame(PING, Flag.ACK, 0, new TextEncoder().encode("goodbye!")),
  ])();
}

function ending(random: SeededRandom, junk: boolean, calls: number): Bytes[] {
  if (!junk) return [];
  return random.pick<Bytes[]>([
    [],
    [frame(PING, 0, 0, new Uint8Array(8))],
    [frame(GOAWAY, 0, 0, new Uint8Array(8))],
    Array.from({ length: calls }, (_, at) => frame(RST_STREAM, 0, 2 * at + 1, uint32(8))),
  ]);
}
