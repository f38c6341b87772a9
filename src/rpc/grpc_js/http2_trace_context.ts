/**
 * Workaround: keeps node:http2 of Deno 2.9 from writing its own `traceparent` over that of a call.
 *
 * **What goes wrong**: where Deno traces a process (`OTEL_DENO=true`), node:http2 opens a span named
 * POST for each stream and sends its context. It takes for the parent what runs at that moment. But
 * grpc-js opens the streams of calls that waited for a connection all at once, in the context of one
 * of them: all become part of that one's trace, and the servers they reach with them.
 *
 * **Proof**: `http2_trace_context_test.ts` makes calls of different traces over a connection that is
 * not there yet. Without the workaround the server is told the same trace by all of them.
 *
 * With it the `traceparent` of the call is sent, and is the parent of the span POST too. That span
 * cannot be turned off, nor the one that node:http2 opens for each stream of a server.
 *
 * **Delete this file** when the test "… (the fault is still there)" fails on a newer Deno.
 *
 * @module
 */
import http2 from "node:http2";
import { Duplex } from "node:stream";
import { type Context, context, createContextKey, trace, TraceFlags } from "@opentelemetry/api";
import { parseTraceparent } from "../interceptors/trace_context.ts";

/** Asks propagators to write nothing. The name that OpenTelemetry's SDK has for it. */
const SUPPRESS = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

type Request = (this: unknown, headers?: Record<string, unknown>, ...rest: unknown[]) => unknown;

let installed = false;

/** Installs the workaround for the life of the process, where Deno traces it. */
export function keepTraceContext(): void {
  if (installed) return;
  installed = true;
  const prototype = clientSessionPrototype();
  const { request } = prototype;
  prototype.request = function (headers, ...rest) {
    const around = contextOf(headers?.traceparent);
    if (around === undefined) return request.call(this, headers, ...rest);
    return context.with(around, () => request.call(this, headers, ...rest));
  };
}

/** A context in which the span of `traceparent` runs and nothing else is propagated. */
function contextOf(traceparent: unknown): Context | undefined {
  const parent = traceparent === undefined ? undefined : parseTraceparent(String(traceparent));
  if (parent === undefined) return undefined;
  const { sampled, ...ids } = parent;
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(context.active(), { ...ids, traceFlags }).setValue(SUPPRESS, true);
}

/** The prototype of every client's session, reached through a session on a stream in memory. */
function clientSessionPrototype(): { request: Request } {
  const nowhere = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const session = http2.connect("http://localhost", { createConnection: () => nowhere });
  session.on("error", () => {});
  session.destroy();
  let prototype: object = session;
  while (!Object.hasOwn(prototype, "request")) prototype = Object.getPrototypeOf(prototype);
  return prototype as { request: Request };
}
