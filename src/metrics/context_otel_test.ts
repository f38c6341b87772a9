import { assert, assertEquals, assertExists } from "@std/assert";
import { testWith } from "../testing/permissions.ts";

/** A span as OTLP writes it in JSON; what the test looks at. */
interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: { readonly key: string; readonly value: Record<string, unknown> }[];
  readonly events: { readonly name: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface OtlpTraces {
  readonly resourceSpans: { readonly scopeSpans: { readonly spans: OtlpSpan[] }[] }[];
}

/** Runs the fixture with a collector of its own; gives the spans by name, and what it printed. */
async function traceFixture(): Promise<{ spans: Map<string, OtlpSpan>; exemplars: unknown[] }> {
  const spans = new Map<string, OtlpSpan>();
  const collector = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const traces: OtlpTraces = await request.json();
      for (const { scopeSpans } of traces.resourceSpans ?? []) {
        for (const span of scopeSpans.flatMap((scope) => scope.spans)) spans.set(span.name, span);
      }
      return Response.json({ partialSuccess: {} });
    },
  );
  try {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-prompt", new URL("context_otel_fixture.ts", import.meta.url).href],
      env: {
        NO_COLOR: "1",
        OTEL_DENO: "true",
        OTEL_DENO_METRICS: "false",
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
      },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals(code, 0, text(stderr));
    return { spans, exemplars: JSON.parse(text(stdout)) };
  } finally {
    await collector.shutdown();
  }
}

testWith(["net", "run"], "connectOpenTelemetry() exports spans and names exemplars", async (t) => {
  const { spans, exemplars } = await traceFixture();
  const span = (name: string): OtlpSpan => {
    const found = spans.get(name);
    assertExists(found, `no span '${name}' among ${[...spans.keys()].join()}`);
    return found;
  };
  const attributes = (name: string) =>
    Object.fromEntries(span(name).attributes.map(({ key, value }) => [key, value]));

  await t.step("spans lie within each other as the calls do", () => {
    const outer = span("outer");
    for (const inner of ["inner", "rejecting", "throwing"].map(span)) {
      assertEquals([inner.traceId, inner.parentSpanId], [outer.traceId, outer.spanId]);
    }
    assertEquals(spans.size, 4);
  });

  await t.step("fields are attributes, also those recorded later", () => {
    assertEquals(Object.keys(attributes("outer")).sort(), ["big", "n", "user"]);
    assertEquals(attributes("outer").user, { stringValue: "ferris" });
    assertEquals(attributes("outer").big, { stringValue: "18446744073709551616" });
    assertEquals(attributes("inner"), { ok: { boolValue: true }, late: { doubleValue: 1.5 } });
  });

  await t.step("errors are the status of the span", () => {
    assertEquals(span("rejecting").status, { code: 2, message: "no luck" });
    assertEquals(span("rejecting").events.map(({ name }) => name), ["exception"]);
    assertEquals(span("throwing").status, { code: 2, message: "out of reach" });
    assert((span("outer").status.code ?? 0) === 0);
  });

  await t.step("traceExemplar() names the active span, and none outside", () => {
    const labels = (name: string) => ({
      "trace_id": span(name).traceId,
      "span_id": span(name).spanId,
    });
    assertEquals(exemplars, [null, labels("outer"), labels("inner"), labels("outer")]);
  });
});
