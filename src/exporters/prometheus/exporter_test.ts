import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import { createPrometheus } from "./exporter.ts";
import { CONTENT_TYPES } from "./format.ts";
import type { PrometheusOptions } from "./options.ts";

const exporter = (options: PrometheusOptions = {}) =>
  createPrometheus({ runtimeMetrics: false, ...options });
const tcp = (hostname: string): Deno.NetAddr => ({ transport: "tcp", hostname, port: 1 });
const request = (headers: HeadersInit = {}, method = "GET") =>
  new Request("http://localhost/metrics", { method, headers });

Deno.test("Prometheus.route answers in the format that is asked for", async () => {
  const { recorder, route } = exporter();
  recorder.registerCounter("jobs_total", {}).increment();
  for (
    const [accept, type, body] of [
      ["text/plain", CONTENT_TYPES.text, "# TYPE jobs_total counter\njobs_total 1\n\n"],
      ["application/openmetrics-text", CONTENT_TYPES.openmetrics, "# TYPE jobs counter\n"],
    ] as const
  ) {
    const answer = route.handle(request({ accept }));
    assertEquals(answer.status, 200);
    assertEquals(answer.headers.get("content-type"), type);
    assertEquals(answer.headers.get("vary"), "accept, accept-encoding");
    assertEquals(answer.headers.get("content-encoding"), null);
    assertStringIncludes(await answer.text(), body);
  }
});

Deno.test("Prometheus.route compresses for those who take it", async () => {
  const { recorder, route } = exporter();
  for (let i = 0; i < 2000; i++) recorder.registerGauge("g", { i: `${i}` }).set(i);
  const answer = route.handle(request({ "accept-encoding": "gzip" }));
  assertEquals(answer.headers.get("content-encoding"), "gzip");
  const text = await new Response(answer.body?.pipeThrough(new DecompressionStream("gzip"))).text();
  assertEquals(text.split("\n").length, 2003);
});

Deno.test("Prometheus.route answers HEAD with the headers alone", async () => {
  const { recorder, route } = exporter();
  recorder.registerGauge("g", {});
  const answer = route.handle(request({}, "HEAD"));
  assertEquals(answer.headers.get("content-type"), CONTENT_TYPES.text);
  assertEquals(await answer.text(), "");
});

Deno.test("Prometheus.route can be left in the middle of an answer", async () => {
  const { recorder, route } = exporter();
  for (let i = 0; i < 2000; i++) recorder.registerGauge("g", { i: `${i}` }).set(i);
  const reader = route.handle(request()).body?.getReader();
  await reader?.read();
  await reader?.cancel();
});

Deno.test("Prometheus.route refuses peers outside the allowed addresses with 403 and no body", async () => {
  const { route } = exporter({ allowedAddresses: ["10.0.0.0/8", "::1"] });
  assertEquals(route.handle(request(), tcp("10.1.2.3")).status, 200);
  assertEquals(route.handle(request(), tcp("::ffff:10.1.2.3")).status, 200);
  assertEquals(route.handle(request(), tcp("::1")).status, 200);
  assertEquals(route.handle(request()).status, 403);
  const refused = route.handle(request(), tcp("11.0.0.1"));
  assertEquals([refused.status, await refused.text()], [403, ""]);
});

Deno.test("Prometheus.render() leaves out series that were idle, by kind", async () => {
  let now = 0;
  const { recorder, render } = exporter({
    idle: { idleTimeout: 1000, kinds: ["counter", "histogram"], clock: () => now },
  });
  const counter = recorder.registerCounter("c", {});
  recorder.registerGauge("g", {}).set(1);
  recorder.registerHistogram("h", {}).record(1);
  const names = async () => (await render()).match(/(?<=# TYPE )\w+/g);
  assertEquals(await names(), ["c", "g", "h"]);
  now = 900;
  counter.increment(0);
  assertEquals(await names(), ["c", "g", "h"]);
  now = 1800;
  assertEquals(await names(), ["c", "g"]);
  now = 2000;
  assertEquals(await names(), ["g"]);
});

Deno.test("Prometheus.render() shows what went past the limit of series, and counts it", async () => {
  const { recorder, render } = exporter({ bounds: { maxSeries: 2, maxLabelLength: 4 } });
  for (const path of ["/a", "/b", "/c", "/d", "/a"]) {
    recorder.registerCounter("calls_total", { path }).increment();
  }
  recorder.registerGauge("g", { path: "/abcdef" }).set(1);
  const text = await render();
  assertStringIncludes(text, 'calls_total{path="/a"} 2\ncalls_total{path="/b"} 1\n');
  assertStringIncludes(text, 'calls_total{otel_metric_overflow="true"} 2\n');
  assertStringIncludes(text, 'metrics_overflow_total{metric="cal…"} 2\n');
  assertStringIncludes(text, 'g{path="/ab…"} 1\n');
});

Deno.test("Prometheus.render() counts the values that counters and histograms refuse", async () => {
  const { recorder, render } = exporter({ metricBuckets: [{ name: "buckets", buckets: [1] }] });
  const counter = recorder.registerCounter("count", {});
  for (const by of [-1, 0.5, NaN, 2n ** 64n, 1]) counter.increment(by);
  counter.absolute(Infinity);
  counter.absolute(0);
  recorder.registerHistogram("buckets", { of: "x" }).record(NaN);
  recorder.registerHistogram("buckets", { of: "y" }).recordMany(1, -1);
  recorder.registerHistogram("quantiles", {}).record(-Infinity);
  recorder.registerGauge("gauge", {}).set(NaN);
  const text = await render();
  const refused = text.match(/(?<=^metrics_refused_total).*/gm);
  assertEquals(refused, ['{metric="count"} 5', '{metric="buckets"} 2', '{metric="quantiles"} 1']);
  assertStringIncludes(text, "count 1\n");
  assertStringIncludes(text, "# HELP metrics_refused_total Values that a");
});

Deno.test("Prometheus.render() keeps quantiles for the window and totals for ever", async () => {
  let now = 1_000_000;
  const { recorder, render } = exporter({
    quantiles: [1],
    bucketDuration: 1000,
    bucketCount: 2,
    now: () => now,
  });
  recorder.registerHistogram("h", {}).record(5);
  assertStringIncludes(await render(), 'h{quantile="1"} 5\nh_sum 5\nh_count 1\n');
  now += 2000;
  assertStringIncludes(await render(), 'h{quantile="1"} 0\nh_sum 5\nh_count 1\n');
});

Deno.test("createPrometheus() refuses wrong options before anything runs", () => {
  const options = { listen: true, quantiles: [2] } as const;
  assertThrows(() => createPrometheus(options), RangeError, "'quantiles'");
});

testWith(["net"], "createPrometheus({ listen }) answers on every path, and health", async () => {
  const prometheus = exporter({ listen: { hostname: "127.0.0.1", port: 0 } });
  prometheus.recorder.registerGauge("g", {}).set(1);
  const { port } = prometheus.address as Deno.NetAddr;
  for (const path of ["/metrics", "/", "/anything"]) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    assertEquals(answer.headers.get("content-type"), CONTENT_TYPES.text);
    assertEquals(await answer.text(), "# TYPE g gauge\ng 1\n\n");
  }
  assertEquals(await (await fetch(`http://127.0.0.1:${port}/health`)).text(), "OK");
  await prometheus.close();
});

testWith(["net"], "createPrometheus({ listen }) refuses peers, on /health too", async () => {
  const listen = { hostname: "127.0.0.1", port: 0 };
  const prometheus = exporter({ listen, allowedAddresses: ["10.0.0.1"] });
  const { port } = prometheus.address as Deno.NetAddr;
  for (const path of ["/metrics", "/health"]) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    assertEquals([answer.status, await answer.text()], [403, ""]);
  }
  await prometheus.close();
});

testWith(
  ["net", "read", "write"],
  "createPrometheus({ listen }) takes a Unix socket, in place of an old one",
  async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/metrics.sock`;
    Deno.listen({ transport: "unix", path }).close();
    const prometheus = exporter({ listen: { path }, allowedAddresses: ["10.0.0.1"] });
    const connection = await Deno.connect({ transport: "unix", path });
    const ask = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    await connection.write(new TextEncoder().encode(ask));
    assertStringIncludes(await new Response(connection.readable).text(), "200 OK");
    await prometheus.close();
    await Deno.remove(folder, { recursive: true });
  },
);
