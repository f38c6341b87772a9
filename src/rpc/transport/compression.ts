/**
 * Compression of messages: gRPC's "Compression" with `gzip` and `deflate` (that of zlib).
 *
 * Deno's node:zlib works on the event loop whatever one calls, its asynchronous functions too. So small
 * messages are done at once, and large ones in slices, with turns for others.
 *
 * @module
 */
import { pipeline, Readable, type Transform } from "node:stream";
import {
  createDeflate,
  createGunzip,
  createGzip,
  createInflate,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateSync,
} from "node:zlib";
import { nextTurn } from "../../net/turns.ts";

/** How messages may be compressed, the usual way first. */
export const ENCODINGS = ["gzip", "deflate"] as const;

/** One of them. */
export type Encoding = typeof ENCODINGS[number];

/** Whether messages can be compressed so. */
export function isEncoding(name: string): name is Encoding {
  return (ENCODINGS as readonly string[]).includes(name);
}

/** So many bytes that are not compressed are worked on at once: a quarter of a millisecond of text. */
const SLICE = 128 * 1024;

/** So long work goes on before others have a turn, in milliseconds. */
const TURN_MS = 1;

/** Shorter messages grow by what compression puts around them, or win nothing worth the work. */
const SHORTEST = 128;

/** Takes half the time of zlib's default and saves as much but for a hundredth or two; 1 saves far less. */
const LEVEL = 2;

/**
 * Compresses a message; one that would not become smaller comes back as it is. A large one comes later;
 * work on it is given up when `isWanted` says no in between.
 */
export function compress(
  encoding: Encoding,
  bytes: Uint8Array,
  isWanted: () => boolean,
): Uint8Array | Promise<Uint8Array> {
  if (bytes.length < SHORTEST) return bytes;
  const options = { level: LEVEL };
  if (bytes.length <= SLICE) {
    const compressed = (encoding === "gzip" ? gzipSync : deflateSync)(bytes, options);
    return compressed.length < bytes.length ? compressed : bytes;
  }
  const stream = encoding === "gzip" ? createGzip(options) : createDeflate(options);
  return inSlices(stream, bytes, bytes.length - 1, isWanted)
    .then((compressed) => compressed ?? bytes, () => bytes);
}

/**
 * Decompresses a message: it, or why there is none, which is that it is larger than `maxBytes` or that
 * it is no such data. A large one comes later; `isWanted` is asked in between, with how many bytes it
 * takes so far.
 */
export function decompress(
  encoding: Encoding,
  bytes: Uint8Array,
  maxBytes: number,
  isWanted: (length: number) => boolean,
): Uint8Array | Unreadable | Promise<Uint8Array | Unreadable> {
  if (bytes.length <= SLICE) {
    const result = decompressSmall(encoding, bytes, Math.min(maxBytes, SLICE));
    if (result !== "too large" || maxBytes <= SLICE) return result;
  }
  const options = { chunkSize: SLICE };
  const stream = encoding === "gzip" ? createGunzip(options) : createInflate(options);
  return inSlices(stream, bytes, maxBytes, isWanted)
    .then((message) => message ?? "too large", () => "broken");
}

/** Why a message cannot be had. */
export type Unreadable = "too large" | "broken";

function decompressSmall(
  encoding: Encoding,
  bytes: Uint8Array,
  maxBytes: number,
): Uint8Array | Unreadable {
  // zlib takes no limit of 0.
  const options = { maxOutputLength: Math.max(1, maxBytes) };
  try {
    const message = (encoding === "gzip" ? gunzipSync : inflateSync)(bytes, options);
    return message.length > maxBytes ? "too large" : message;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ERR_BUFFER_TOO_LARGE" ? "too large" : "broken";
  }
}

/**
 * Sends `bytes` through `stream`, with turns for others in between. Resolves with what came out, or
 * undefined when it is more than `maxBytes` or not wanted any more.
 */
async function inSlices(
  stream: Transform,
  bytes: Uint8Array,
  maxBytes: number,
  isWanted: (length: number) => boolean,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let turnEnd = performance.now() + TURN_MS;
  async function giveWay(): Promise<void> {
    if (performance.now() < turnEnd) return;
    await nextTurn();
    turnEnd = performance.now() + TURN_MS;
  }
  async function* slices(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length && isWanted(length + SLICE); at += SLICE) {
      yield bytes.subarray(at, at + SLICE);
      await giveWay();
    }
  }
  // What goes wrong reaches the loop too.
  for await (const part of pipeline(Readable.from(slices()), stream, () => {})) {
    length += part.length;
    if (length > maxBytes || !isWanted(length + SLICE)) return undefined;
    parts.push(part);
    await giveWay();
  }
  return Buffer.concat(parts, length);
}
