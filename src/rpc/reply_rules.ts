/**
 * What a handler gives its caller besides replies, made fit for the wire: the same on every transport.
 *
 * @module
 */
import type { Metadata } from "./metadata.ts";

/** Most bytes of metadata, keys and values; gRPC core's `grpc.absolute_max_metadata_size`. */
const MAX_METADATA_BYTES = 16 * 1024;

/** Longest status message in UTF-16 units, each at most 9 bytes on the wire. */
const MAX_MESSAGE_LENGTH = 4096;

/** Keys whose values the transport alone may choose; upstream metadata that is passed on has them. */
export const OWNED_BY_TRANSPORT: ReadonlySet<string> = new Set([
  "content-length",
  "content-type",
  "grpc-accept-encoding",
  "grpc-encoding",
  "grpc-message",
  "grpc-status",
  "te",
]);

/** Throws RangeError where metadata are larger than other gRPC programs take. */
export function checkMetadataSize(metadata: Metadata): void {
  let bytes = 0;
  for (const [key, value] of metadata) bytes += key.length + value.length;
  if (bytes <= MAX_METADATA_BYTES) return;
  throw new RangeError(
    `Cannot send ${bytes} bytes of metadata: at most ${MAX_METADATA_BYTES} go through`,
  );
}

/** A status message that can be encoded, and that fits: cut where it is too long, between characters. */
export function fittingMessage(message: string): string {
  const text = message.toWellFormed();
  if (text.length <= MAX_MESSAGE_LENGTH) return text;
  const cut = text.slice(0, MAX_MESSAGE_LENGTH - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
