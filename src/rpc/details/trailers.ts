/**
 * Details of an error in the metadata that ends its call. They are bounded: peers allow 8 KiB of
 * headers (gRPC core's `grpc.max_metadata_size`) and drop a call that has more, error and all.
 *
 * @module
 */
import { Metadata } from "../metadata.ts";
import { decodeDetails, DETAILS_KEY, encodeStatus } from "./codec.ts";
import type { ErrorDetail } from "./detail.ts";

const MAX_HEADER_BYTES = 8192;

/** For what every answer has: `:status`, `content-type`, `grpc-status` and the like. */
const RESERVED_BYTES = 512;

/** What HTTP/2 counts for each header beside its name and value (RFC 9113, 6.5.2). */
const OVERHEAD_BYTES = 32;

/** An error, as its call ends with it. */
export interface ErrorStatus {
  /** The status code as a number. */
  readonly code: number;
  readonly message: string;
  readonly details: readonly ErrorDetail[];
}

/**
 * `trailers` with the details that fit beside them and the message into 8 KiB, taken in order; one
 * that is too large is left out.
 */
export function withDetails(trailers: Metadata, { code, message, details }: ErrorStatus): Metadata {
  const room = MAX_HEADER_BYTES - RESERVED_BYTES - sizeOf(trailers) - sizeOfMessage(message) -
    OVERHEAD_BYTES - DETAILS_KEY.length;
  const maxBytes = Math.floor(room / 4) * 3;
  const encoded = encodeStatus({ code, message, details, maxBytes });
  if (encoded === undefined) return trailers;
  const joined = new Metadata(trailers);
  joined.set(DETAILS_KEY, encoded);
  return joined;
}

/** The details that came with `trailers`. Never throws: what is malformed has none. */
export function detailsOf(trailers: Metadata): readonly ErrorDetail[] {
  const encoded = trailers.get(DETAILS_KEY);
  return encoded instanceof Uint8Array ? decodeDetails(encoded) : [];
}

function sizeOf(metadata: Metadata): number {
  let bytes = 0;
  for (const [key, value] of metadata) {
    const length = typeof value === "string" ? value.length : base64Length(value.length);
    bytes += OVERHEAD_BYTES + key.length + length;
  }
  return bytes;
}

/** `grpc-message` is percent-encoded. */
function sizeOfMessage(message: string): number {
  return OVERHEAD_BYTES + "grpc-message".length + encodeURI(message.toWellFormed()).length;
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
