/**
 * What a handler gives its caller besides replies, made fit for the wire: the transport owns some
 * keys, and node:http2 breaks off a call whose headers or trailers it finds too large.
 *
 * @module
 */
import type { Metadata } from "../metadata.ts";
import type { Metadata as GrpcMetadata } from "./load.ts";
import { toGrpc } from "./metadata.ts";

/** Most bytes of metadata, keys and values; gRPC core's `grpc.absolute_max_metadata_size`. */
const MAX_BYTES = 16 * 1024;

/** Longest status message in UTF-16 units, each at most 9 bytes on the wire. */
const MAX_MESSAGE_LENGTH = 4096;

/** Keys whose values the transport alone may choose; upstream metadata that is passed on has them. */
const OWNED: ReadonlySet<string> = new Set([
  "content-length",
  "content-type",
  "grpc-accept-encoding",
  "grpc-encoding",
  "grpc-message",
  "grpc-status",
  "te",
]);

/**
 * Metadata as grpc-js sends it, without what the transport sends by itself.
 *
 * @throws {RangeError} when it is larger than other gRPC programs take.
 */
export function replyMetadata(metadata: Metadata): GrpcMetadata {
  let bytes = 0;
  for (const [key, value] of metadata) bytes += key.length + value.length;
  if (bytes > MAX_BYTES) {
    throw new RangeError(`Cannot send ${bytes} bytes of metadata: at most ${MAX_BYTES} go through`);
  }
  const sent = toGrpc(metadata);
  for (const key of OWNED) sent.remove(key);
  return sent;
}

/** A status message that can be encoded, and that fits: cut where it is too long. */
export function replyMessage(message: string): string {
  const cut = message.length <= MAX_MESSAGE_LENGTH
    ? message
    : `${message.slice(0, MAX_MESSAGE_LENGTH - 1)}…`;
  return cut.toWellFormed();
}
