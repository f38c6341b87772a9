import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import { createPrometheus } from "./exporter.ts";
import type { PushOptions } from "./push.ts";

/** A Pushgateway that answers with `status`, and what it is sent first. */
function gateway(status: number) {
  const first = Promise.withResolvers<{ request: Request; body: string }>();
  const onListen = () => {};
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, async (request) => {
    first.resolve({ request, body: await request.text() });
    return new Response(null, { status });
  });
  return { url: `http://127.0.0.1:${server.addr.port}/metrics/job/test`, first, server };
}

function exporter(push: PushOptions) {
  const prometheus = createPrometheus({ runtimeMetrics: false, push });
  prometheus.recorder.registerGauge("g", {}).set(1);
  return prometheus;
}

testWith(
  ["net"],
  "pushMetrics() puts the metrics, after one interval, with credentials",
  async () => {
    const { url, first, server } = gateway(202);
    const begin = performance.now();
    const prometheus = exporter({ url, interval: 50, username: "ä", password: "b:c" });
    const { request, body } = await first.promise;
    assert(performance.now() - begin >= 45);
    assertEquals(request.method, "PUT");
    assertEquals(new URL(request.url).pathname, "/metrics/job/test");
    assertEquals(request.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assertEquals(request.headers.get("authorization"), "Basic w6Q6Yjpj");
    assertStringIncludes(body, "# TYPE g gauge\ng 1\n");
    await prometheus.close();
    await server.shutdown();
  },
);

testWith(["net"], "pushMetrics() posts where that is asked for", async () => {
  const { url, first, server } = gateway(200);
  const prometheus = exporter({ url, interval: 5, method: "POST" });
  const { request } = await first.promise;
  assertEquals([request.method, request.headers.get("authorization")], ["POST", null]);
  await prometheus.close();
  await server.shutdown();
});

testWith(["net"], "pushMetrics() tells of failures, counts them, and goes on", async () => {
  const { url, server } = gateway(500);
  const messages: string[] = [];
  const twice = Promise.withResolvers<void>();
  const onFailure = ({ message }: Error) => {
    if (messages.push(message) === 2) twice.resolve();
  };
  const prometheus = exporter({ url, interval: 20, onFailure });
  await twice.promise;
  await prometheus.close();
  await server.shutdown();
  assertEquals(messages[0], `Cannot push metrics to ${url}: it answered 500 Internal Server Error`);
  assertStringIncludes(await prometheus.render(), "metrics_push_failures_total 2\n");
});

Deno.test("Prometheus.close() ends pushing before the first push", async () => {
  const push = { url: "http://127.0.0.1:9/metrics/job/test", interval: 60_000 };
  await exporter(push).close();
});
