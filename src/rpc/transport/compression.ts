/**
 * Compression of messages: gRPC's "Compression" with `gzip` and `deflate` (that of zlib).
 *
 * Deno's node:zlib works on the event loop whatever one calls, its asynchronous functions too. So small
 * messages are done at once, and large ones in slices, with turns for others.
 *
 * @module
 */
import { pipeline, type Transform } from "node:stream";
import * as zlib from "node:zlib";
import { nextTurn } from "../../net/turns.ts";
import { RpcError } from "../status.ts";

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
 * Compresses a message; one that would not become smaller comes back as it is. Work on a large one is
 * given up when `isWanted` says no in between.
 */
export async function compress(
  encoding: Encoding,
  bytes: Uint8Array,
  isWanted: () => boolean,
): Promise<Uint8Array> {
  if (bytes.length < SHORTEST) return bytes;
  const isGzip = encoding === "gzip";
  const options = { level: LEVEL };
  if (bytes.length > SLICE) {
    const stream = (isGzip ? zlib.createGzip : zlib.createDeflate)(options);
    return await inSlices(stream, bytes, bytes.length - 1, isWanted) ?? bytes;
  }
  const compressed = (isGzip ? zlib.gzipSync : zlib.deflateSync)(bytes, options);
  return compressed.length < bytes.length ? compressed : bytes;
}

/**
 * Decompresses a message. While it works on a large one it asks `isWanted`, with how many bytes that
 * takes so far, and gives up when that says no. Rejects with RpcError for what becomes larger than
 * `maxBytes`, and for what is no such data.
 */
export async function decompress(
  encoding: Encoding,
  bytes: Uint8Array,
  maxBytes: number,
  isWanted: (length: number) => boolean,
): Promise<Uint8Array> {
  const isGzip = encoding === "gzip";
  if (bytes.length <= SLICE) {
    try {
      const message = (isGzip ? zlib.gunzipSync : zlib.inflateSync)(bytes, {
        maxOutputLength: SLICE,
      });
      if (message.length <= maxBytes) return message;
    } catch {
      // It is too large to be done at once, or broken; in slices it shows which.
    }
  }
  const stream = (isGzip ? zlib.createGunzip : zlib.createInflate)({ chunkSize: SLICE });
  const message = await inSlices(stream, bytes, maxBytes, isWanted).catch((cause) => {
    throw new RpcError("INTERNAL", "Cannot decompress a message", { cause });
  });
  if (message !== undefined) return message;
  const reason = `A message decompresses to more than the limit of ${maxBytes} bytes`;
  throw new RpcError("RESOURCE_EXHAUSTED", reason);
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
  for await (const part of pipeline(slices, stream, () => {})) {
    length += part.length;
    if (length > maxBytes || !isWanted(length + SLICE)) return undefined;
    parts.push(part);
    await giveWay();
  }
  return Buffer.concat(parts, length);
}
