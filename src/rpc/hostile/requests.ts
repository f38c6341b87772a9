/**
 * Requests that take memory and never become whole.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { END_HEADERS, frame } from "../../testing/http2.ts";
import { ANSWERS, type Attack } from "./attack.ts";
import { Attacker, FIELDS, open, streamOf, times, Type, uint32 } from "./attacker.ts";

/** The largest message that the server takes by default. */
const MAX_MESSAGE = 4 * 1024 * 1024;

const GZIP = [0, 13, ...new TextEncoder().encode("grpc-encoding"), 4, 103, 122, 105, 112];

/** Opens `count` calls on a connection, each with these fields and this data, and ends none. */
function hold(count: number, more: readonly number[], data: () => readonly number[]) {
  return async ({ port }: { readonly port: number }, witness: Parameters<Attack["run"]>[1]) => {
    const body = Uint8Array.from(data());
    await using attacker = await Attacker.connect(port);
    for (let index = 0; index < count; index++) {
      const stream = streamOf(index);
      const headers = frame(Type.HEADERS, END_HEADERS, stream, [...FIELDS, ...more]);
      await attacker.send(Uint8Array.from(headers));
      for (let at = 0; at < body.length; at += 16_000) {
        const part = [...body.subarray(at, at + 16_000)];
        await attacker.send(Uint8Array.from(frame(Type.DATA, 0, stream, part)));
      }
    }
    await witness.answered(ANSWERS);
  };
}

/** A message that unpacks to the largest size that is taken, in gRPC's framing. */
function bomb(): number[] {
  const packed = gzipSync(new Uint8Array(MAX_MESSAGE));
  return [1, ...uint32(packed.length), ...packed];
}

/** As many settings as go into a frame, each of which changes the windows of all streams. */
function settings(): number[] {
  const one = (value: number) => [0, 4, ...uint32(value)];
  return Array.from({ length: 2700 }, (_, at) => one(at % 2 === 0 ? 1 : 65_535)).flat();
}

/** Every way to hold memory with requests, or to make work with them. */
export const REQUESTS: readonly Attack[] = [
  {
    title: "messages of 4 MB of which little comes",
    refused: "requests",
    run: hold(1000, [], () => [0, ...uint32(MAX_MESSAGE), 10]),
  },
  {
    title: "messages of 4 MB that are whole, of requests that do not end",
    refused: "requests",
    nativeOnly: true,
    run: hold(
      60,
      [],
      () => [0, ...uint32(MAX_MESSAGE)].concat(new Array<number>(MAX_MESSAGE).fill(0)),
    ),
  },
  {
    title: "messages that unpack to 4 MB, of requests that do not end",
    refused: "requests",
    nativeOnly: true,
    run: hold(300, GZIP, bomb),
  },
  {
    title: "SETTINGS that change the windows of 900 streams 2,700 times each",
    async run({ port }, witness) {
      await using attacker = await Attacker.connect(port);
      await attacker.send(times(900, open));
      const full = frame(Type.SETTINGS, 0, 0, settings());
      await attacker.send(times(200, () => full));
      await witness.answered(ANSWERS);
    },
  },
];
