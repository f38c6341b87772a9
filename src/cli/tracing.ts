/**
 * Traces, where Deno makes them (`OTEL_DENO=true`): the spans of `withSpan` are spans of OpenTelemetry
 * then, and histograms with buckets name the trace of a value.
 *
 * @module
 */
import { traceExemplar } from "../metrics/context.ts";
import type { Labels } from "../metrics/recorder.ts";

const SWITCH = "OTEL_DENO";

/** Variables of Deno itself that the program reads too, besides those of its options. */
export const RUNTIME_VARIABLES: readonly string[] = [SWITCH];

/**
 * Connects spans with OpenTelemetry where Deno traces this process. Resolves with what gives the labels
 * of an exemplar, or undefined where nothing is traced.
 */
export async function connectTracing(): Promise<(() => Labels | undefined) | undefined> {
  if (Deno.env.get(SWITCH)?.toLowerCase() !== "true") return undefined;
  const { connectOpenTelemetry } = await import("../metrics/context_otel.ts");
  connectOpenTelemetry();
  return traceExemplar;
}
