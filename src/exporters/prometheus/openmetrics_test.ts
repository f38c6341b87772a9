import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { createPrometheus } from "./exporter.ts";
import type { PrometheusOptions } from "./options.ts";

const exporter = (options: PrometheusOptions = {}) =>
  createPrometheus({ runtimeMetrics: false, now: () => 1_520_879_607_789, ...options });

Deno.test("Prometheus.render('openmetrics') tells units, beginnings, exemplars and the end", async () => {
  const prometheus = exporter({
    buckets: [0.1, 1],
    exemplar: () => ({ trace_id: "4bf92f35" }),
    naming: "recommended",
  });
  const { recorder } = prometheus;
  recorder.describeCounter("sent", "bytes", 'What was "sent"');
  recorder.registerCounter("sent", { to: "a" }).increment(2n ** 60n + 1n);
  recorder.registerGauge("load", {}).set(0.5);
  recorder.describeHistogram("wait", "seconds", "");
  recorder.registerHistogram("wait", { q: "x" }).record(0.67);
  assertEquals(
    await prometheus.render("openmetrics"),
    `# HELP sent_bytes What was \\"sent\\"
# TYPE sent_bytes counter
# UNIT sent_bytes bytes
sent_bytes_total{to="a"} 1152921504606846977
sent_bytes_created{to="a"} 1520879607.789
# TYPE load gauge
load 0.5
# TYPE wait_seconds histogram
# UNIT wait_seconds seconds
wait_seconds_bucket{q="x",le="0.1"} 0
wait_seconds_bucket{q="x",le="1"} 1 # {trace_id="4bf92f35"} 0.67 1520879607.789
wait_seconds_bucket{q="x",le="+Inf"} 1
wait_seconds_sum{q="x"} 0.67
wait_seconds_count{q="x"} 1
wait_seconds_created{q="x"} 1520879607.789
# EOF
`,
  );
  assertFalse((await prometheus.render("text")).includes("trace_id"));
});

Deno.test("Prometheus.render('openmetrics') keeps the names of counters that do not end with _total", async () => {
  const prometheus = exporter();
  prometheus.recorder.registerCounter("foo_counter", {}).increment(3);
  assertEquals(
    await prometheus.render("openmetrics"),
    "# TYPE foo_counter unknown\nfoo_counter 3\n# EOF\n",
  );
});

Deno.test("Prometheus.render('openmetrics') keeps apart a counter and a gauge of one stem", async () => {
  const prometheus = exporter();
  prometheus.recorder.registerCounter("jobs_total", {}).increment(3);
  prometheus.recorder.registerGauge("jobs", {}).set(1);
  prometheus.recorder.registerGauge("sent_created", {}).set(2);
  prometheus.recorder.registerCounter("sent_total", {});
  assertEquals(
    await prometheus.render("openmetrics"),
    "# TYPE jobs_total unknown\njobs_total 3\n# TYPE sent counter\nsent_total 0\n" +
      "# TYPE jobs gauge\njobs 1\n# TYPE sent_created gauge\nsent_created 2\n# EOF\n",
  );
});

Deno.test("Prometheus.render('openmetrics') leaves out an exemplar that is too long for the format", async () => {
  const prometheus = exporter({ buckets: [1], exemplar: () => ({ trace_id: "x".repeat(121) }) });
  prometheus.recorder.registerHistogram("h", {}).record(0.5);
  assertFalse((await prometheus.render("openmetrics")).includes("trace_id"));
});

Deno.test("Prometheus.render('openmetrics') of nothing is the end mark", async () => {
  assertEquals(await exporter().render("openmetrics"), "# EOF\n");
  assertEquals(await exporter().render("text"), "");
});

Deno.test("RuntimeMetrics are those that Deno can tell, in both formats, with global labels", async () => {
  const prometheus = createPrometheus({ globalLabels: { host: "h1" } });
  const [text, openmetrics] = [await prometheus.render(), await prometheus.render("openmetrics")];
  for (const exposition of [text, openmetrics]) {
    assertStringIncludes(exposition, 'process_cpu_seconds_total{host="h1"} ');
    assertStringIncludes(exposition, "nodejs_heap_size_used_bytes");
    const [, memory] = /^process_resident_memory_bytes\{host="h1"\} (\d+)$/m.exec(exposition) ?? [];
    assert(Number(memory) > 1_000_000);
    assertFalse(/Nan|_handles_total|_lag_max|process_open_fds/.test(exposition));
  }
  assertStringIncludes(openmetrics, "# TYPE process_cpu_seconds counter\n");
  assertStringIncludes(text, "# TYPE process_cpu_seconds_total counter\n");
  assert(openmetrics.endsWith("\n# EOF\n"));
  assertEquals(openmetrics.split("# EOF").length, 2);
});

Deno.test("RuntimeMetrics give way to a metric of the same name", async () => {
  const prometheus = createPrometheus();
  prometheus.recorder.registerGauge("process_start_time_seconds", {}).set(7);
  for (const format of ["text", "openmetrics"] as const) {
    const lines = (await prometheus.render(format)).match(/^process_start_time_seconds .*$/gm);
    assertEquals(lines, ["process_start_time_seconds 7"]);
  }
});
