/**
 * Header blocks of gRPC replies: gRPC over HTTP/2, "Responses". Those that nearly every reply has are
 * encoded once.
 *
 * @module
 */
import { encodeFields } from "../../http2/hpack/encoder.ts";
import { CONNECTION_SPECIFIC } from "../../http2/request_head.ts";
import type { Metadata } from "../metadata.ts";
import { checkMetadataSize, fittingMessage, OWNED_BY_TRANSPORT } from "../reply_rules.ts";
import { Status, type StatusName } from "../status.ts";
import type { Encoding } from "./compression.ts";

const COMMON = [":status", "200", "content-type", "application/grpc"];
const HEADERS = [...COMMON, "grpc-accept-encoding", "identity,deflate,gzip"];

/** Headers without metadata. */
export const PLAIN_HEADERS: Uint8Array = encodeFields(HEADERS);

/** The same of replies that may be compressed. */
export const COMPRESSED_HEADERS: Readonly<Record<Encoding, Uint8Array>> = {
  gzip: encodeFields([...HEADERS, "grpc-encoding", "gzip"]),
  deflate: encodeFields([...HEADERS, "grpc-encoding", "deflate"]),
};

/** Trailers of a call that ended with OK and has nothing else to say. */
export const OK_TRAILERS: Uint8Array = encodeFields(["grpc-status", "0"]);

/** Headers of the answer to what is no gRPC. */
export const HTTP_STATUS: Readonly<Record<"405" | "415", Uint8Array>> = {
  "405": encodeFields([":status", "405", "allow", "POST", "content-type", "text/plain"]),
  "415": encodeFields([":status", "415", "content-type", "text/plain"]),
};

/** What comes with it, for people with a browser. */
export const NO_GRPC: Uint8Array = new TextEncoder().encode(
  "This is a gRPC server: it takes POST requests with the content-type application/grpc.\n",
);

/**
 * Headers that come before the first message; `encoding` is that of replies that may be compressed.
 * Throws TypeError or RangeError.
 */
export function headersBlock(metadata: Metadata, encoding?: Encoding): Uint8Array {
  return encodeFields([
    ...HEADERS,
    ...encoding === undefined ? [] : ["grpc-encoding", encoding],
    ...metadataFields(metadata),
  ]);
}

/**
 * What ends a call: trailers, or where no headers were sent, all there is ("Trailers-Only"). Throws
 * TypeError or RangeError where the metadata cannot be sent.
 */
export function statusBlock(
  code: StatusName,
  message: string,
  metadata: Metadata | undefined,
  headersSent: boolean,
): Uint8Array {
  if (code === "OK" && headersSent && message === "" && metadata === undefined) return OK_TRAILERS;
  return encodeFields([
    ...headersSent ? [] : COMMON,
    ...["grpc-status", String(Status[code])],
    ...message === "" ? [] : ["grpc-message", encodeMessage(message)],
    ...metadata === undefined ? [] : metadataFields(metadata),
  ]);
}

function metadataFields(metadata: Metadata): string[] {
  checkMetadataSize(metadata);
  const fields: string[] = [];
  for (const [key, value] of metadata) {
    if (OWNED_BY_TRANSPORT.has(key)) continue;
    if (CONNECTION_SPECIFIC.has(key)) {
      throw new TypeError(`Cannot send metadata: '${key}' is a header of HTTP/1.1 connections`);
    }
    fields.push(key, typeof value === "string" ? value.trim() : toBase64(value));
  }
  return fields;
}

function toBase64(bytes: Uint8Array): string {
  return bytes.toBase64({ omitPadding: true });
}

/**
 * A status message in percent-encoding, cut where it is too long, between characters. What HTTP/2
 * would not carry at the ends of a value, a space, is encoded too.
 */
export function encodeMessage(message: string): string {
  return fittingMessage(message).replace(/^ | $|[^\x20-\x24\x26-\x7e]+/g, percentEncode);
}

function percentEncode(text: string): string {
  let encoded = "";
  for (const byte of new TextEncoder().encode(text)) {
    encoded += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}
