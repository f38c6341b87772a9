/**
 * Which span belongs to which call, and what a log line says of it.
 *
 * @module
 */
import type { Fields } from "../../logging/logger.ts";
import { currentTrace, type OpenSpan, type TraceContext } from "../../metrics/context.ts";
import { currentCall } from "../current_call.ts";
import type { Call } from "../interceptor.ts";
import { readTrace } from "./trace_context.ts";

const spans = new WeakMap<Call, OpenSpan>();

/** Lets {@linkcode spanOf} find the span of `call`. */
export function keepSpan(call: Call, span: OpenSpan): void {
  spans.set(call, span);
}

/** The span of `call`, where calls are traced. */
export function spanOf(call: Call): OpenSpan | undefined {
  return spans.get(call);
}

/** Runs `fn` inside the span of `call`, if it has one: what is recorded then is part of its trace. */
export function runInSpanOf<T>(call: Call, fn: () => T): T {
  const span = spans.get(call);
  return span === undefined ? fn() : span.run(fn);
}

/**
 * `trace_id` and `span_id` of `call`, for lines about it that are written outside of its handler. Where
 * calls are not traced here, `trace_id` alone, if its caller sent one.
 */
export function traceFieldsOf(call: Call): Fields {
  const span = spans.get(call);
  return span === undefined ? received(call) : idsOf(span.context);
}

/**
 * `trace_id` and `span_id` of the code that runs: the `context` of a logger. Where nothing is traced,
 * `trace_id` alone, inside a handler whose caller sent one.
 */
export function currentTraceFields(): Fields {
  const trace = currentTrace();
  return trace === undefined ? received(currentCall()) : idsOf(trace);
}

const NONE: Fields = {};

function idsOf({ traceId, spanId }: TraceContext): Fields {
  return { "trace_id": traceId, "span_id": spanId };
}

/** Not the caller's `span_id`: a line is not written in that span. */
function received(call: Pick<Call, "metadata"> | undefined): Fields {
  const trace = call && readTrace(call.metadata);
  return trace === undefined ? NONE : { "trace_id": trace.traceId };
}
