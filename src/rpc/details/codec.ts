/**
 * Details of an error as the bytes of `grpc-status-details-bin`: a google.rpc.Status.
 *
 * @module
 */
import protobuf, { type Root } from "protobufjs";
import type { ErrorDetail, KnownDetail } from "./detail.ts";
import proto from "./google_rpc.proto" with { type: "text" };

/** The key of the metadata that carries details. */
export const DETAILS_KEY = "grpc-status-details-bin";

const TYPE_URL = "type.googleapis.com/google.rpc.";

const KNOWN: Readonly<Record<KnownDetail["type"], true>> = {
  BadRequest: true,
  RetryInfo: true,
  ErrorInfo: true,
  QuotaFailure: true,
  PreconditionFailure: true,
  ResourceInfo: true,
  Help: true,
  LocalizedMessage: true,
  DebugInfo: true,
  RequestInfo: true,
};

interface Any {
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

/** What {@linkcode encodeStatus} takes. */
export interface StatusWithDetails {
  /** The status code as a number. */
  readonly code: number;
  readonly message: string;
  readonly details: readonly ErrorDetail[];
  /** How many bytes it may have. */
  readonly maxBytes: number;
}

/**
 * A google.rpc.Status with the details that fit, taken in order; one that is too large is left out.
 * Undefined when none fits. Throws TypeError for a detail that is not of its type.
 */
export function encodeStatus(status: StatusWithDetails): Uint8Array | undefined {
  const { code, message, details, maxBytes } = status;
  // A repeated field may be appended: the bytes of two messages are the bytes of their union.
  const parts = [encode("Status", { code, message })];
  let length = parts[0]?.length ?? 0;
  for (const detail of details) {
    const part = encode("Status", { details: [anyOf(detail)] });
    if (length + part.length > maxBytes) continue;
    parts.push(part);
    length += part.length;
  }
  return parts.length === 1 ? undefined : new Uint8Array(Buffer.concat(parts));
}

/**
 * The details in a google.rpc.Status. Never throws: bytes that are no Status have none, and a detail
 * that does not decode stays as it came.
 */
export function decodeDetails(bytes: Uint8Array): readonly ErrorDetail[] {
  try {
    const { details } = decode("Status", bytes) as unknown as { details: Any[] };
    return details.map(({ typeUrl, value }) => detailOf(typeUrl, new Uint8Array(value)));
  } catch {
    return [];
  }
}

function anyOf(detail: ErrorDetail): Any {
  if (detail.type === undefined) return { typeUrl: detail.typeUrl, value: detail.value };
  const value = detail.type === "RetryInfo"
    ? { retryDelay: durationOf(detail.retryDelayMs) }
    : detail;
  return { typeUrl: TYPE_URL + detail.type, value: encode(detail.type, value) };
}

function detailOf(typeUrl: string, value: Uint8Array): ErrorDetail {
  // The host before the slash does not matter, as everywhere with Any.
  const type = /\/google\.rpc\.(\w+)$/.exec(typeUrl)?.[1] ?? "";
  if (!Object.hasOwn(KNOWN, type)) return { typeUrl, value };
  try {
    const fields = decode(type, value);
    if (type !== "RetryInfo") return { type, ...fields } as KnownDetail;
    return { type, retryDelayMs: millisecondsOf(fields["retryDelay"] as Duration | null) };
  } catch {
    return { typeUrl, value };
  }
}

interface Duration {
  readonly seconds: number;
  readonly nanos: number;
}

function durationOf(ms: number): Duration {
  const nanos = Math.round(ms * 1e6);
  return { seconds: Math.trunc(nanos / 1e9), nanos: nanos % 1e9 };
}

function millisecondsOf(duration: Duration | null): number {
  return duration === null ? 0 : duration.seconds * 1000 + duration.nanos / 1e6;
}

let root: Root | undefined;

/** A message type. The .proto is parsed when the first error with details comes by. */
function lookup(type: string) {
  root ??= protobuf.parse(proto).root;
  return root.lookupType(`google.rpc.${type}`);
}

function encode(type: string, fields: object): Uint8Array {
  const Message = lookup(type);
  return Message.encode(Message.fromObject(fields)).finish();
}

function decode(type: string, bytes: Uint8Array): Record<string, unknown> {
  const Message = lookup(type);
  return Message.toObject(Message.decode(bytes), { defaults: true, longs: Number });
}
