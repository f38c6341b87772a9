/**
 * A gRPC request as its HTTP/2 head tells it: gRPC over HTTP/2, "Requests".
 *
 * @module
 */
import type { RequestHead } from "../../http2/request_head.ts";
import { Metadata } from "../metadata.ts";
import { OWNED_BY_TRANSPORT } from "../reply_rules.ts";
import { type Encoding, ENCODINGS } from "./compression.ts";

/** What a head says of a call. Calls that repeat each other may share one. */
export interface RequestInfo {
  /** The HTTP status to refuse it with, when it is no gRPC. */
  readonly httpStatus: "405" | "415" | undefined;
  /** Milliseconds; undefined for none, or for one so long that it is none. */
  readonly timeoutMs: number | undefined;
  /** What `grpc-timeout` says where that is no timeout. */
  readonly invalidTimeout: string | undefined;
  /** How messages are compressed whose flag says so. */
  readonly encoding: string | undefined;
  readonly carriesTrace: boolean;
}

/** What the transport keeps to itself, as it does of replies. */
const OWNED: ReadonlySet<string> = new Set([
  ...OWNED_BY_TRANSPORT,
  "accept-encoding",
  "grpc-timeout",
]);

/** A timer waits for 32 bits of milliseconds, 24 days; to wait so long is to wait for ever. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const UNIT_MS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/** Reads a head; once for all requests that share it. */
export function requestInfo(head: RequestHead): RequestInfo {
  return (head.memo ??= readHead(head)) as RequestInfo;
}

function readHead({ method, fields }: RequestHead): RequestInfo {
  const timeout = valueOf(fields, "grpc-timeout");
  const timeoutMs = timeout === undefined ? undefined : parseTimeout(timeout);
  const isTimeout = timeoutMs === undefined || !isNaN(timeoutMs);
  const isGrpc = /^application\/grpc(?:$|[+;])/.test(valueOf(fields, "content-type") ?? "");
  return {
    httpStatus: !isGrpc ? "415" : method === "POST" ? undefined : "405",
    timeoutMs: isTimeout ? timeoutMs : undefined,
    invalidTimeout: isTimeout ? undefined : timeout,
    encoding: valueOf(fields, "grpc-encoding"),
    carriesTrace: valueOf(fields, "traceparent") !== undefined,
  };
}

/** Milliseconds of a `grpc-timeout`; undefined when it is too long to count, NaN when it is none. */
export function parseTimeout(timeout: string): number | undefined {
  const [, digits, unit = ""] = /^(\d{1,8})([HMSmun])$/.exec(timeout) ?? [];
  const ms = Number(digits) * (UNIT_MS[unit] ?? NaN);
  return ms > MAX_TIMEOUT_MS ? undefined : ms;
}

/** The metadata of a request. What cannot be metadata of gRPC is left out. */
export function requestMetadata(fields: readonly string[]): Metadata {
  const metadata = new Metadata();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const name = fields[at] as string;
    const value = fields[at + 1] as string;
    if (OWNED.has(name)) continue;
    try {
      if (!name.endsWith("-bin")) metadata.append(name, value);
      else {
        for (const one of value.split(",")) {
          metadata.append(name, Uint8Array.fromBase64(one.trim()));
        }
      }
    } catch {
      // Keys and values that HTTP allows and gRPC does not.
    }
  }
  return metadata;
}

/** How the caller takes compressed replies, the usual way if it can; undefined when it takes none. */
export function replyEncoding(fields: readonly string[]): Encoding | undefined {
  const accepted = new Set<string>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    if (fields[at] !== "grpc-accept-encoding") continue;
    for (const one of (fields[at + 1] as string).split(",")) accepted.add(one.trim());
  }
  return ENCODINGS.find((encoding) => accepted.has(encoding));
}

function valueOf(fields: readonly string[], name: string): string | undefined {
  for (let at = 0; at + 1 < fields.length; at += 2) {
    if (fields[at] === name) return fields[at + 1];
  }
  return undefined;
}
