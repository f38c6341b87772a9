/**
 * Floods and bombs: much work for the server, little for who sends them.
 *
 * @module
 */
import { END_HEADERS, frame } from "../../testing/http2.ts";
import { ANSWERS, type Attack } from "./attack.ts";
import { Attacker, FIELDS, open, streamOf, times, Type, uint32 } from "./attacker.ts";

const CANCEL = uint32(8);
const ACK = 1;

/** Sends `bytes` on one connection, which then stays until the witness has had answers. */
function flood(...parts: readonly (() => Uint8Array)[]): Attack["run"] {
  return async ({ port }, witness) => {
    await using attacker = await Attacker.connect(port);
    for (const part of parts) await attacker.send(part());
    await witness.answered(ANSWERS);
  };
}

/** A field of 4 KB that stays in the dynamic table, and then 16,000 times that field. */
function bomb(index: number): number[] {
  const value = [0x7f, 0xdd, 0x1e, ...new Array<number>(4060).fill(97)];
  const entry = [0x40, 1, 98, ...value];
  const again = new Array<number>(16_000).fill(0xbe);
  const stream = streamOf(index);
  return [
    ...frame(Type.HEADERS, 0, stream, [...FIELDS, ...entry]),
    ...frame(Type.CONTINUATION, END_HEADERS, stream, again),
  ];
}

/** Every flood. */
export const FLOODS: readonly Attack[] = [
  {
    title: "streams that are opened and reset at once (rapid reset)",
    refused: "resets",
    run: flood(() =>
      times(10_000, (index) => [
        ...open(index),
        ...frame(Type.RST_STREAM, 0, streamOf(index), CANCEL),
      ])
    ),
  },
  {
    title: "more streams than are allowed",
    refused: "streams",
    run: flood(() => times(3000, open)),
  },
  {
    title: "streams that make the server reset them",
    refused: "resets",
    run: flood(() =>
      times(10_000, (index) => [
        ...open(index),
        // A window may not be raised by 0: a stream error.
        ...frame(Type.WINDOW_UPDATE, 0, streamOf(index), uint32(0)),
      ])
    ),
  },
  {
    title: "a field block that does not end (CONTINUATION)",
    refused: "headers",
    run: flood(
      () => times(1, () => frame(Type.HEADERS, 0, 1, [...FIELDS])),
      () => times(300, () => frame(Type.CONTINUATION, 0, 1, new Array<number>(16_000).fill(0x83))),
    ),
  },
  {
    title: "a field block that does not end and holds nothing",
    refused: "headers",
    run: flood(
      () => times(1, () => frame(Type.HEADERS, 0, 1, [...FIELDS])),
      () => times(50_000, () => frame(Type.CONTINUATION, 0, 1, [])),
    ),
  },
  {
    title: "fields that unpack to 64 MB (HPACK bomb)",
    refused: "headers",
    run: flood(() => times(20, bomb)),
  },
  {
    title: "pings",
    refused: "pings",
    run: flood(() => times(50_000, () => frame(Type.PING, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]))),
  },
  {
    title: "SETTINGS",
    refused: "frames",
    run: flood(() => times(50_000, () => frame(Type.SETTINGS, 0, 0, []))),
  },
  {
    title: "PRIORITY",
    refused: "frames",
    run: flood(() => times(50_000, () => frame(Type.PRIORITY, 0, 1, [0, 0, 0, 0, 1]))),
  },
  {
    title: "DATA that is empty",
    refused: "frames",
    run: flood(
      () => times(1, () => open(0)),
      () => times(50_000, () => frame(Type.DATA, 0, 1, [])),
    ),
  },
  {
    title: "frames of a type that nobody knows",
    refused: "frames",
    run: flood(() => times(50_000, () => frame(0xbe, 0, 0, []))),
  },
  {
    title: "windows that are raised by one byte",
    run: flood(
      () => times(1, () => open(0)),
      () => times(50_000, (index) => frame(Type.WINDOW_UPDATE, 0, index % 2, uint32(1))),
    ),
  },
  {
    title: "acknowledgements of what was never sent",
    run: flood(
      () => times(50_000, () => frame(Type.PING, ACK, 0, [1, 2, 3, 4, 5, 6, 7, 8])),
      () => times(50_000, () => frame(Type.SETTINGS, ACK, 0, [])),
    ),
  },
  {
    title: "one stream that is reset over and over",
    run: flood(
      () => times(1, () => open(0)),
      () => times(50_000, () => frame(Type.RST_STREAM, 0, 1, CANCEL)),
    ),
  },
];
