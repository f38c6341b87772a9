import { assert, assertEquals, assertExists } from "@std/assert";
import { type OtlpSpan, runTraced } from "../testing/otlp.ts";
import { testWith } from "../testing/permissions.ts";

/** Runs the fixture; gives the spans by name, and what it printed. */
async function traceFixture(): Promise<{ spans: Map<string, OtlpSpan>; exemplars: unknown[] }> {
  const fixture = new URL("context_otel_fixture.ts", import.meta.url);
  const { spans, lines } = await runTraced(fixture, { permissions: [] });
  return {
    spans: new Map(spans.map((span) => [span.name, span])),
    exemplars: JSON.parse(lines[0] ?? "[]"),
  };
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
