import { assert, assertEquals } from "@std/assert";
import { runTraced } from "../../testing/otlp.ts";
import { testWith } from "../../testing/permissions.ts";

/** The trace of each call, and the trace that the server was told. */
async function traces(...args: string[]) {
  const { spans, lines } = await runTraced(
    new URL("http2_trace_context_fixture.ts", import.meta.url),
    { permissions: ["--allow-net=127.0.0.1", "--ignore-env"], args },
  );
  const pairs: [string, string][] = JSON.parse(lines[0] ?? "[]");
  return { pairs, spans };
}

testWith(
  ["net", "run"],
  "keepTraceContext() lets each call be part of its own trace",
  async () => {
    const { pairs, spans } = await traces();
    assertEquals(pairs.length, 3);
    for (const [own, told] of pairs) assertEquals(told, own);
    const perTrace = pairs.map(([own]) => spans.filter(({ traceId }) => traceId === own).length);
    assertEquals(perTrace, [2, 2, 2], "node:http2 has a span of its own on both sides");
  },
);

testWith(
  ["net", "run"],
  "without keepTraceContext() node:http2 sends a trace of its own (the fault is still there)",
  async () => {
    const { pairs } = await traces("without");
    assertEquals(pairs.length, 3);
    for (const [own, told] of pairs) assert(told !== own);
  },
);
