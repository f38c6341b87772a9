import { assertEquals, assertExists, assertFalse } from "@std/assert";
import { runTraced } from "../testing/otlp.ts";
import { testWith } from "../testing/permissions.ts";

/** What the fixture printed, and the names of the spans that it exported, by trace. */
async function runFixture(
  env: Record<string, string>,
): Promise<{ exposition: string; spans: Map<string, string> }> {
  const { spans, lines } = await runTraced(new URL("tracing_fixture.ts", import.meta.url), {
    permissions: ["--allow-env=OTEL_DENO"],
    env,
  });
  return {
    exposition: lines.join("\n"),
    spans: new Map(spans.map(({ traceId, name }) => [traceId, name])),
  };
}

testWith(
  ["net", "run"],
  "connectTracing() puts the trace of a span behind the bucket that it recorded in",
  async () => {
    const { exposition, spans } = await runFixture({ OTEL_DENO: "true" });
    const bucket =
      /^job_seconds_bucket\{le="1"\} 1 # \{trace_id="(\w{32})",span_id="\w{16}"\} 0\.25 /m;
    const [, trace] = exposition.match(bucket) ?? [];
    assertExists(trace, exposition);
    assertEquals(spans.get(trace), "job");
  },
);

testWith(["net", "run"], "connectTracing() leaves a process alone that is not traced", async () => {
  const { exposition, spans } = await runFixture({ OTEL_DENO: "false" });
  assertFalse(exposition.includes("trace_id"), exposition);
  assertEquals(spans.size, 0);
});
