import { assert, assertEquals, assertStringIncludes, fail } from "@std/assert";
import { createPrometheus } from "./exporter.ts";
import { familiesOf } from "./families.ts";
import { type PrometheusOptions, resolveOptions } from "./options.ts";
import { PrometheusRecorder } from "./recorder.ts";

const exporter = (options: PrometheusOptions = {}) =>
  createPrometheus({ runtimeMetrics: false, ...options });

Deno.test("familiesOf() puts the kind behind a name that is taken, and counts that once", async () => {
  const prometheus = exporter();
  const { recorder } = prometheus;
  recorder.registerGauge("x", {}).set(2);
  recorder.registerHistogram("x", {});
  recorder.registerCounter("x", {}).increment(1);
  await prometheus.render();
  await prometheus.render();
  const text = await prometheus.render();
  assertStringIncludes(text, "# TYPE x counter\nx 1\n");
  assertStringIncludes(text, "# TYPE x_gauge gauge\nx_gauge 2\n");
  assertStringIncludes(text, "# TYPE x_histogram summary\nx_histogram{");
  assertStringIncludes(text, 'metrics_collisions_total{metric="x"} 2\n');
});

Deno.test("familiesOf() knows the names that a histogram's lines begin with", async () => {
  const prometheus = exporter({ buckets: [1] });
  prometheus.recorder.registerGauge("x_sum", {}).set(2);
  prometheus.recorder.registerHistogram("x", {}).record(1);
  const text = await prometheus.render();
  assertStringIncludes(text, "# TYPE x_histogram histogram\nx_histogram_bucket{");
});

Deno.test("familiesOf() pauses among many names, and among many series of one", () => {
  const recorder = new PrometheusRecorder(
    resolveOptions({ bounds: { maxSeries: 20_000 } }).recorder,
  );
  for (let i = 0; i < 2000; i++) recorder.registerCounter(`c${i}`, {});
  for (let i = 0; i < 20_000; i++) recorder.registerGauge(`g${i % 2}`, { i: `${i}` });
  const steps = [...familiesOf(recorder, { naming: "as-is", onCollision: () => fail() })];
  assert(steps.length >= 20, `there were ${steps.length} pauses`);
});

Deno.test("familiesOf() joins metrics that are exposed under one name", async () => {
  const prometheus = exporter();
  prometheus.recorder.describeGauge("a.b", undefined, "first");
  prometheus.recorder.describeGauge("a_b", undefined, "second");
  prometheus.recorder.registerGauge("a.b", { of: "dot" }).set(1);
  prometheus.recorder.registerGauge("a_b", { of: "underscore" }).set(2);
  assertEquals(
    await prometheus.render(),
    '# HELP a_b first\n# TYPE a_b gauge\na_b{of="dot"} 1\na_b{of="underscore"} 2\n\n',
  );
});

Deno.test("familiesOf() shows the first of series that are exposed as the same, and counts the others", async () => {
  const prometheus = exporter();
  const { recorder } = prometheus;
  recorder.registerGauge("a.b", {}).set(1);
  recorder.registerGauge("a_b", {}).set(2);
  recorder.registerGauge("c", { "x.y": "1" }).set(3);
  recorder.registerGauge("c", { x_y: "1" }).set(4);
  recorder.registerGauge("c", { x_y: "1", empty: "" }).set(5);
  await prometheus.render();
  assertEquals(
    await prometheus.render(),
    `# HELP metrics_collisions_total Metrics and series whose exposed name was taken by another, by metric.
# TYPE metrics_collisions_total counter
metrics_collisions_total{metric="a_b"} 1
metrics_collisions_total{metric="c"} 2

# TYPE a_b gauge
a_b 1

# TYPE c gauge
c{x_y="1"} 3

`,
  );
});
