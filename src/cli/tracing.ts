/**
 * Traces, where Deno makes them (`OTEL_DENO=true`): the spans of `withSpan` are spans of OpenTelemetry
 * then, and histograms with buckets name the trace of a value.
 *
 * @module
 */
import type { Logger } from "../logging/logger.ts";
import { traceExemplar } from "../metrics/context.ts";
import type { Labels } from "../metrics/recorder.ts";

const SWITCH = "OTEL_DENO";

/** Variables of Deno itself that the program reads too, besides those of its options. */
export const RUNTIME_VARIABLES: readonly string[] = [SWITCH];

/** Where `@opentelemetry/api` keeps its provider: set by Deno before a program that it traces begins. */
const PROVIDER = Symbol.for("opentelemetry.js.api.1");

/**
 * Connects spans with OpenTelemetry where Deno traces this process. Resolves with what gives the labels
 * of an exemplar, or undefined where nothing is traced.
 */
export async function connectTracing(
  log: Pick<Logger, "warn">,
): Promise<(() => Labels | undefined) | undefined> {
  const wanted = Deno.env.get(SWITCH)?.toLowerCase() === "true";
  if (PROVIDER in globalThis) {
    const { connectOpenTelemetry } = await import("../metrics/context_otel.ts");
    if (connectOpenTelemetry()) {
      const { keepTraceContext } = await import("../rpc/grpc_js/http2_trace_context.ts");
      keepTraceContext();
      return traceExemplar;
    }
  }
  if (wanted) log.warn("not traced: a compiled program takes OTEL_DENO from when it was compiled");
  return undefined;
}
