/**
 * Foreign programs read what the exporter writes.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { createPrometheus, type Prometheus } from "./exporter.ts";
import {
  type PrometheusProgram,
  type PrometheusServer,
  type Sample,
  startPrometheus,
  testWithPrometheus,
  until,
} from "./prometheus_fixture.ts";

/** All sorts of series, each described, with the names that promtool recommends. */
function exporter(): Prometheus {
  const prometheus = createPrometheus({
    globalLabels: { zone: "z1" },
    metricBuckets: [{ prefix: "rpc", buckets: [0.001, 0.1, 1] }],
    exemplar: () => ({ trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" }),
    naming: "recommended",
    bounds: { maxSeries: 3 },
  });
  const { recorder } = prometheus;
  recorder.describeCounter("calls", "count", 'How many "calls" \\ there were\nin all');
  recorder.registerCounter("calls", { api: "echo" }).increment(3);
  recorder.registerCounter("calls", { api: 'q"\\\n日本' }).increment(2n ** 53n + 1n);
  recorder.describeGauge("memory", "bytes", "Memory in use");
  recorder.registerGauge("memory", {}).set(-1.5e300);
  recorder.describeGauge("odd", "percent", "Values that are no numbers");
  recorder.registerGauge("odd", { of: "nan" }).set(NaN);
  recorder.registerGauge("odd", { of: "inf" }).set(-Infinity);
  recorder.describeHistogram("rpc", "seconds", "How long calls take");
  for (const value of [0.0005, 0.05, 0.5, 5]) {
    recorder.registerHistogram("rpc", { "rpc.method": "echo" }).record(value);
  }
  recorder.describeHistogram("wait", "seconds", "How long calls wait");
  recorder.registerHistogram("wait", {}).record(0.25);
  // One name twice, and too many series of one name.
  recorder.describeGauge("calls_total", "count", "A gauge with a counter's name");
  recorder.describeGauge("many", "count", "More series than allowed");
  for (const path of "abcdef") recorder.registerGauge("many", { path }).set(1);
  return prometheus;
}

testWithProgram(
  "promtool",
  "Prometheus.render() passes promtool check metrics",
  async (promtool) => {
    const prometheus = exporter();
    await prometheus.render();
    const child = new Deno.Command(promtool, {
      args: ["check", "metrics"],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const output = child.output();
    const input = child.stdin.getWriter();
    await input.write(new TextEncoder().encode(await prometheus.render()));
    await input.close();
    const { code, stdout, stderr } = await output;
    const decoder = new TextDecoder();
    assertEquals([decoder.decode(stdout) + decoder.decode(stderr), code], ["", 0]);
  },
);

testWithPrometheus(
  "Prometheus.route is scraped by Prometheus in both formats, with the same series",
  async ({ path, bound }) => {
    const { route, recorder, render } = exporter();
    recorder.registerGauge("calls_total", {}).set(7);
    await render(); // counts the collision, whose counter the first scrape would not have
    const types = new Set<string>();
    const onListen = () => {};
    const target = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, (request) => {
      // Prometheus prefers OpenMetrics; the path /text hides that.
      const text = new URL(request.url).pathname === "/text";
      const headers = text ? { accept: "text/plain" } : request.headers;
      const answer = route.handle(new Request(request.url, { headers }));
      types.add(answer.headers.get("content-type") ?? "");
      return answer;
    });
    {
      await using server = await startPrometheus(path, {
        config: configFor(target.addr.port),
        deadline: 30_000,
      });
      const { text, openmetrics } = await scraped(server);
      assertEquals(types.size, 2);
      assertEquals(text, openmetrics);
      for (const [series, value] of Object.entries(expected(bound))) {
        assertEquals(text[series], value, series);
      }
      const created = await server.query('calls_created{api="echo"}');
      assert(Number(created[0]?.value[1]) > 1e9);
      const exemplars = await server.exemplars("rpc_seconds_bucket");
      assertEquals(exemplars.map(({ value }) => value).sort(), ["0.0005", "0.05", "0.5", "5"]);
      assertEquals(exemplars[0]?.labels, { trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" });
    }
    await target.shutdown();
  },
);

function configFor(port: number): string {
  const job = (name: string) =>
    `  - job_name: ${name}\n    metrics_path: /${name}\n    static_configs:\n` +
    `      - targets: ["127.0.0.1:${port}"]\n`;
  return "global:\n  scrape_interval: 1s\nscrape_configs:\n" + job("text") + job("openmetrics");
}

/** What both jobs have, as soon as both are up: values by series. */
async function scraped(
  server: PrometheusServer,
): Promise<Record<"text" | "openmetrics", Record<string, string>>> {
  await until(async () => {
    const up = await server.query("up == 1");
    const series = await server.query('{__name__="wait_seconds_count"}');
    return up.length === 2 && series.length === 2 ? true : undefined;
  }, { what: "both jobs to be up", deadline: 30_000 });
  // The runtime's values change from scrape to scrape; `_created` is in one format only.
  const select = (job: string) =>
    server.query(`{job="${job}",zone="z1",__name__!~"(process|nodejs)_.*|.*_created"}`);
  return {
    text: valuesOf(await select("text")),
    openmetrics: valuesOf(await select("openmetrics")),
  };
}

function valuesOf(samples: readonly Sample[]): Record<string, string> {
  const entries = samples.map(({ metric, value }) => {
    const { __name__, job: _job, instance: _instance, ...labels } = metric;
    return [`${__name__} ${JSON.stringify(labels)}`, value[1]] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1));
}

const expected = (bound: PrometheusProgram["bound"]) => ({
  'calls_total {"api":"echo","zone":"z1"}': "3",
  'calls_total {"api":"q\\"\\\\\\n日本","zone":"z1"}': "9007199254740992",
  'calls_total_gauge {"zone":"z1"}': "7",
  'memory_bytes {"zone":"z1"}': "-1.5e+300",
  'odd_ratio {"of":"nan","zone":"z1"}': "NaN",
  'odd_ratio {"of":"inf","zone":"z1"}': "-Inf",
  'rpc_seconds_bucket {"le":"0.001","rpc_method":"echo","zone":"z1"}': "1",
  [`rpc_seconds_bucket {"le":"${bound("1")}","rpc_method":"echo","zone":"z1"}`]: "3",
  'rpc_seconds_bucket {"le":"+Inf","rpc_method":"echo","zone":"z1"}': "4",
  'rpc_seconds_count {"rpc_method":"echo","zone":"z1"}': "4",
  [`wait_seconds {"quantile":"${bound("0")}","zone":"z1"}`]: "0.25",
  [`wait_seconds {"quantile":"${bound("1")}","zone":"z1"}`]: "0.25",
  'wait_seconds_sum {"zone":"z1"}': "0.25",
  'many {"otel_metric_overflow":"true","zone":"z1"}': "1",
  'metrics_overflow_total {"metric":"many","zone":"z1"}': "3",
  'metrics_collisions_total {"metric":"calls_total","zone":"z1"}': "1",
});
