/**
 * Makes calls parts of traces: what a caller began goes on here, and in what is called from here.
 *
 * ```
 *   caller          this process                                another server
 *   ┌─────┐ traceparent ┌────────────────────────────┐ traceparent ┌─────┐
 *   │ …01 │────────────▶│ span 02, server            │────────────▶│ …03 │
 *   └─────┘             │   └ span 03, client        │             └─────┘
 *                       └────────────────────────────┘
 * ```
 *
 * @module
 */
import { currentTrace, isTracing, openSpan } from "../../metrics/context.ts";
import { currentCall } from "../current_call.ts";
import type { Call, CallEnd, CallReporter, Interceptor } from "../interceptor.ts";
import { RpcError } from "../status.ts";
import { forwardTrace, readTrace, type RemoteTrace, writeTrace } from "./trace_context.ts";
import { attributesAtEnd, attributesAtStart, isFailure, spanName } from "./tracing_attributes.ts";
import { keepSpan, runInSpanOf, spanOf } from "./tracing_fields.ts";

/** Options of {@linkcode traceCalls}. */
export interface TraceCallsOptions {
  /** On a client, its target, which becomes `server.address` and `server.port`. */
  readonly target?: string;
}

/**
 * Opens a span for each call, of the server or of a client; the handler runs inside it, so that the
 * spans of `withSpan`, log lines and exemplars are part of it. It goes on from the `traceparent` that
 * came, and a client sends its own.
 *
 * Call it after the tracing system was connected. Where there is none, a client that is used inside a
 * handler hands on the `traceparent` that came as it is, and a server does nothing at all.
 */
export function traceCalls({ target }: TraceCallsOptions = {}): Interceptor {
  if (!isTracing()) return { started: forward };
  return {
    started: (call) => call.side === "server" ? startServer(call) : startClient(call, target),
    around: runInSpanOf,
  };
}

function forward(call: Call): undefined {
  if (call.side === "server") return;
  const parent = currentCall();
  if (parent !== undefined) forwardTrace(parent.metadata, call.metadata);
}

function startServer(call: Call): CallReporter | undefined {
  return open(call, attributesAtStart(call), readTrace(call.metadata));
}

function startClient(call: Call, target: string | undefined): CallReporter | undefined {
  const inherited = inheritedTrace(call);
  const parent = currentTrace() === undefined ? inherited : undefined;
  const reporter = open(call, attributesAtStart(call, target), parent);
  const trace = spanOf(call)?.context;
  if (trace !== undefined) {
    const state = trace.traceId === inherited?.traceId ? inherited.state : undefined;
    writeTrace(call.metadata, { ...trace, state });
  }
  return reporter;
}

/** What its caller wrote into the call's metadata, or else what came with the call being answered. */
function inheritedTrace({ metadata }: Call): RemoteTrace | undefined {
  const parent = currentCall();
  return readTrace(metadata) ?? (parent && readTrace(parent.metadata));
}

function open(
  call: Call,
  fields: ReturnType<typeof attributesAtStart>,
  parent: RemoteTrace | undefined,
): CallReporter | undefined {
  const span = openSpan(spanName(call), { kind: call.side, fields, parent });
  if (span === undefined) return undefined;
  keepSpan(call, span);
  return {
    finished(end) {
      for (const [key, value] of Object.entries(attributesAtEnd(call, end))) {
        if (value !== undefined && value !== null) span.record(key, value);
      }
      span.end(failureOf(call, end));
    },
  };
}

function failureOf({ side }: Call, { code, error }: CallEnd) {
  if (!isFailure(side, code)) return undefined;
  const message = error instanceof Error ? error.message : "";
  // An RpcError was meant; anything else is a fault, and worth its stack.
  return error === undefined || error instanceof RpcError ? { message } : { message, error };
}
