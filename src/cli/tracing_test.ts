import { assertEquals, assertExists, assertFalse } from "@std/assert";
import { testWith } from "../testing/permissions.ts";

/** What the fixture printed, and the names of the spans that a collector of its own was sent, by trace. */
async function runFixture(
  env: Record<string, string>,
): Promise<{ exposition: string; spans: Map<string, string> }> {
  const spans = new Map<string, string>();
  const collector = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      for (const { scopeSpans } of (await request.json()).resourceSpans ?? []) {
        for (const { spans: some } of scopeSpans) {
          for (const { traceId, name } of some) spans.set(traceId, name);
        }
      }
      return Response.json({ partialSuccess: {} });
    },
  );
  try {
    const fixture = new URL("tracing_fixture.ts", import.meta.url).href;
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-prompt", "--allow-env=OTEL_DENO", fixture],
      env: {
        NO_COLOR: "1",
        OTEL_DENO_METRICS: "false",
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
        ...env,
      },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals(code, 0, text(stderr));
    return { exposition: text(stdout), spans };
  } finally {
    await collector.shutdown();
  }
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
