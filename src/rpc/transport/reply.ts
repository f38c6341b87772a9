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

const COMMON = [
  ...[":status", "200", "content-type", "application/grpc"],
  ...["grpc-accept-encoding", "identity,deflate,gzip"],
];

/** Headers without metadata, by how replies are compressed if they may be. */
const PLAIN_HEADERS: Readonly<Record<Encoding | "identity", Uint8Array>> = {
  identity: encodeFields(headerFields(undefined)),
  gzip: encodeFields(headerFields("gzip")),
  deflate: encodeFields(headerFields("deflate")),
};

/** Trailers of a call that ended with OK and has nothing else to say. */
export const OK_TRAILERS: Uint8Array = encodeFields(["grpc-status", "0"]);

/**
 * Headers that come before the first message; `encoding` is that of replies that may be compressed.
 * Throws TypeError or RangeError where the metadata cannot be sent.
 */
export function headersBlock(encoding?: Encoding, metadata?: Metadata): Uint8Array {
  if (metadata === undefined) return PLAIN_HEADERS[encoding ?? "identity"];
  return encodeFields([...headerFields(encoding), ...metadataFields(metadata)]);
}

function headerFields(encoding: Encoding | undefined): string[] {
  return encoding === undefined ? COMMON : [...COMMON, "grpc-encoding", encoding];
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
    const isText = typeof value === "string";
    fields.push(key, isText ? value.trim() : value.toBase64({ omitPadding: true }));
  }
  return fields;
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
