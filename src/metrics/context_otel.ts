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
import { type Attributes, type Span, SpanStatusCode, trace, TraceFlags } from "@opentelemetry/api";
import { type Fields, type FieldValue, setSpanBridge } from "./context.ts";
import type { Labels } from "./recorder.ts";

/**
 * Lets OpenTelemetry run the spans from now on: fields become attributes, an error that is thrown or
 * rejected becomes the span's status and an exception event. A span ends when the function has
 * returned, or the promise that it returned has settled.
 */
export function connectOpenTelemetry(): void {
  const tracer = trace.getTracer("echoscope");
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
    exemplar: activeTrace,
  });
}

/** `trace_id` and `span_id` of the active span, whoever started it, if it is sampled. */
function activeTrace(): Labels | undefined {
  const context = trace.getActiveSpan()?.spanContext();
  if (context === undefined || (context.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return { "trace_id": context.traceId, "span_id": context.spanId };
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
  const exception = error instanceof Error ? error : String(error);
  span.recordException(exception);
  span.setStatus({
    code: SpanStatusCode.ERROR,
    message: exception instanceof Error ? exception.message : exception,
  });
  span.end();
  return error;
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
