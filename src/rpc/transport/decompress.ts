/**
 * Decompression of messages: gRPC's "Compression" with `gzip` and `deflate` (that of zlib).
 *
 * @module
 */
import { gunzip, inflate } from "node:zlib";

/** How messages may be compressed. */
export function isKnownEncoding(encoding: string): boolean {
  return encoding === "gzip" || encoding === "deflate";
}

/**
 * Decompresses a message. `then` is called later with the message, or with why there is none: what is
 * larger than `maxBytes`, or no such data.
 */
export function decompress(
  encoding: string,
  bytes: Uint8Array,
  maxBytes: number,
  then: (result: Uint8Array | "too large" | "broken") => void,
): void {
  const run = encoding === "gzip" ? gunzip : inflate;
  run(bytes, { maxOutputLength: Math.max(1, maxBytes) }, (error, message) => {
    if (error === null) return then(message.length > maxBytes ? "too large" : message);
    then((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? "too large" : "broken");
  });
}
