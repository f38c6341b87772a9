/**
 * Makes every span of `withSpan` a span of OpenTelemetry as well, for a process that Deno traces
 * (`OTEL_DENO=true`, and `OTEL_EXPORTER_OTLP_ENDPOINT` for where to). Import it only then:
 *
 * ```ts
 * if (tracing) (await import("./metrics/context_otel.ts")).connectOpenTelemetry();
 * ```
 *
 * @see {@link https://docs.deno.com/runtime/fundamentals/open_telemetry/}
 * @module
 */
import {
  type Attributes,
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Tracer,
} from "@opentelemetry/api";
import {
  type Fields,
  type FieldValue,
  type OpenSpan,
  type OpenSpanOptions,
  setSpanBridge,
  type TraceContext,
} from "./context.ts";

/**
 * Lets OpenTelemetry run the spans from now on: fields become attributes, an error that is thrown or
 * rejected becomes the span's status and an exception event. A span ends when the function has
 * returned, or the promise that it returned has settled.
 *
 * Returns false, and changes nothing, where this process is not traced. What `OTEL_DENO` says now does
 * not tell: a compiled binary keeps what it said when it was compiled.
 */
export function connectOpenTelemetry(): boolean {
  const tracer = trace.getTracer("echoscope");
  // Without a provider the API makes spans too, none of them with an identity.
  if (!trace.isSpanContextValid(tracer.startSpan("probe").spanContext())) return false;
  setSpanBridge({
    run: (name, fields, fn) =>
      tracer.startActiveSpan(
        name,
        { attributes: attributesOf(fields) },
        (span) =>
          endAfter(span, () =>
            fn((key, value) => {
              span.setAttribute(key, attributeOf(value));
            })),
      ),
    open: (name, options) => open(tracer, name, options),
    current: () => {
      const active = trace.getActiveSpan();
      return active && traceOf(active);
    },
  });
  return true;
}

function open(tracer: Tracer, name: string, options: OpenSpanOptions): OpenSpan {
  const { kind, fields } = options;
  const span = tracer.startSpan(
    name,
    {
      kind: kind === "server" ? SpanKind.SERVER : SpanKind.CLIENT,
      attributes: attributesOf(fields),
    },
    contextAround(options),
  );
  return {
    get context() {
      return traceOf(span);
    },
    run: (fn) => context.with(trace.setSpan(context.active(), span), fn),
    record(key, value) {
      span.setAttribute(key, attributeOf(value));
    },
    end(failure) {
      if (failure?.error !== undefined) span.recordException(exceptionOf(failure.error));
      if (failure) span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
      span.end();
    },
  };
}

/** Not the running span for a server's: what happens to run when a call comes in is not its cause. */
function contextAround({ kind, parent }: OpenSpanOptions): Context {
  if (parent === undefined) return kind === "server" ? ROOT_CONTEXT : context.active();
  const { traceId, spanId, sampled } = parent;
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function traceOf(span: Span): TraceContext {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 };
}

function endAfter<Result>(span: Span, fn: () => Result): Result {
  let result: Result;
  try {
    result = fn();
  } catch (error) {
    throw failed(span, error);
  }
  if (!(result instanceof Promise)) {
    span.end();
    return result;
  }
  const settled = result.then((value) => {
    span.end();
    return value;
  }, (error) => {
    throw failed(span, error);
  });
  return settled as Result;
}

/** Ends the span as failed, and returns the error to be thrown on. */
function failed(span: Span, error: unknown): unknown {
  const exception = exceptionOf(error);
  span.recordException(exception);
  span.setStatus({
    code: SpanStatusCode.ERROR,
    message: exception instanceof Error ? exception.message : exception,
  });
  span.end();
  return error;
}

function exceptionOf(error: unknown): Error | string {
  return error instanceof Error ? error : String(error);
}

function attributesOf(fields: Fields): Attributes {
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) attributes[key] = attributeOf(value);
  }
  return attributes;
}

/** OpenTelemetry knows no bigint. */
function attributeOf(value: FieldValue): string | number | boolean {
  return typeof value === "bigint" ? String(value) : value;
}
