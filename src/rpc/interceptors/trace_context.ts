/**
 * The context of a trace on its way between processes, in the metadata of calls.
 * Specification: W3C Trace Context, level 2 (https://www.w3.org/TR/trace-context-2/).
 *
 * ```
 * traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
 *              version  trace                      span             flags (1: sampled)
 * tracestate:  vendor=opaque,other=opaque
 * ```
 *
 * What is malformed is ignored: a caller's mistake in it must never fail a call.
 *
 * @module
 */
import type { TraceContext } from "../../metrics/context.ts";
import type { Metadata, MetadataValue } from "../metadata.ts";

/** A span of another process, and what tracing systems attached to its trace. */
export interface RemoteTrace extends TraceContext {
  /** A valid `tracestate`, without empty members; undefined where there is none. */
  readonly state: string | undefined;
}

/** Version, trace, span, flags; versions to come may add fields after these. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 0x01;
const ALL_ZERO = /^0+$/;

const MAX_MEMBERS = 32;
const MEMBER =
  /^([a-z0-9][a-z0-9_\-*/@]{0,255})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const SPACE_AROUND = /^[ \t]+|[ \t]+$/g;

/** Reads a `traceparent`; undefined when it is not valid. */
export function parseTraceparent(text: string): TraceContext | undefined {
  const [, version, traceId = "", spanId = "", flags = "", more] =
    TRACEPARENT.exec(text.replace(SPACE_AROUND, "")) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && more !== undefined)) {
    return undefined;
  }
  if (ALL_ZERO.test(traceId) || ALL_ZERO.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (parseInt(flags, 16) & SAMPLED) !== 0 };
}

/** Writes a `traceparent` of version 00. */
export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}

/**
 * Reads the values of `tracestate` as one list; undefined when there is nothing in it, or anything
 * that is not valid: a list is kept or dropped as a whole.
 */
export function parseTracestate(values: readonly string[]): string | undefined {
  const members: string[] = [];
  const keys = new Set<string>();
  for (const text of values.join(",").split(",")) {
    // A space may begin a value, but neither begins a key nor ends a value.
    const member = text.replace(SPACE_AROUND, "");
    if (member === "") continue;
    const key = MEMBER.exec(member)?.[1];
    if (key === undefined || keys.has(key) || members.push(member) > MAX_MEMBERS) return undefined;
    keys.add(key);
  }
  return members.length === 0 ? undefined : members.join(",");
}

/** The trace that `metadata` carries; undefined when it carries none, or several, or a bad one. */
export function readTrace(metadata: Metadata): RemoteTrace | undefined {
  if (metadata.get("traceparent") === undefined) return undefined;
  const [text, ...others] = metadata.getAll("traceparent");
  const parent = typeof text === "string" && others.length === 0
    ? parseTraceparent(text)
    : undefined;
  return parent && { ...parent, state: parseTracestate(texts(metadata.getAll("tracestate"))) };
}

/** Makes `metadata` carry `trace` and nothing of another. */
export function writeTrace(metadata: Metadata, { state, ...span }: RemoteTrace): void {
  metadata.set("traceparent", formatTraceparent(span));
  if (state === undefined) metadata.delete("tracestate");
  else metadata.set("tracestate", state);
}

/**
 * Hands the trace of `from` on as it came, as one who takes no part in it: if it is valid, and if
 * `to` has none of its own.
 */
export function forwardTrace(from: Metadata, to: Metadata): void {
  const text = from.get("traceparent");
  if (text === undefined || to.get("traceparent") !== undefined) return;
  if (readTrace(from) === undefined) return;
  to.set("traceparent", text);
  to.delete("tracestate");
  for (const state of from.getAll("tracestate")) to.append("tracestate", state);
}

function texts(values: readonly MetadataValue[]): string[] {
  return values.filter((value) => typeof value === "string");
}
