/**
 * Every digit beside what the metrics family in Rust printed for the same calls.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { fanout, filter, prefix, router, spanLabels, Stack } from "../../metrics/layers/mod.ts";
import { type Recorder, withRecorder } from "../../metrics/mod.ts";
import { permitted } from "../../testing/permissions.ts";
import { createPrometheus, type Prometheus } from "./exporter.ts";
import { describe, emit, emitInSpans } from "./golden_fixture.ts";
import type { PrometheusOptions } from "./options.ts";

const FILE = new URL("../../../../shared/reference/golden-prom.txt", import.meta.url);

const exporter = (options: PrometheusOptions = {}) =>
  createPrometheus({ runtimeMetrics: false, ...options });

async function renderAfterEmit(prometheus: Prometheus, recorder: Recorder = prometheus.recorder) {
  withRecorder(recorder, () => {
    describe();
    emit();
  });
  return await prometheus.render();
}

Deno.test("Prometheus.render() prints what the reference prints", async () => {
  assertEquals(await renderAfterEmit(exporter()), DEFAULT);
});

const SECTIONS: Record<string, () => Promise<string>> = {
  "default": () => renderAfterEmit(exporter()),
  "with_recommended_naming(true)": () => renderAfterEmit(exporter({ naming: "recommended" })),
  "set_buckets [0.002,0.01,0.5]; global labels host=h1, api=global": () =>
    renderAfterEmit(exporter({
      buckets: [0.002, 0.01, 0.5],
      globalLabels: { host: "h1", api: "global" },
    })),
  "set_buckets_for_metric(Suffix histgram); quantiles [0.5]": () =>
    renderAfterEmit(exporter({
      quantiles: [0.5],
      metricBuckets: [{ suffix: "histgram", buckets: [0.1, 1] }],
    })),
  "Stack::new(prom).push(Prefix app).push(Filter tiny,huge,weird)": () => {
    const prometheus = exporter({ quantiles: [0.5] });
    const stack = new Stack(prometheus.recorder).push(prefix("app"))
      .push(filter(["tiny", "huge", "weird"]));
    return renderAfterEmit(prometheus, stack);
  },
  "Router default": async () => (await renderRouted()).rest,
  "Router gauge foo*": async () => (await renderRouted()).gauges,
  "tracing all": () => renderSpans("all"),
  "tracing only_allow user,shared": () => renderSpans(["user", "shared"]),
};

async function renderRouted(): Promise<{ rest: string; gauges: string }> {
  const [rest, gauges] = [exporter({ quantiles: [0.5] }), exporter({ quantiles: [0.9] })];
  const routes = [{ kinds: ["gauge"] as const, prefix: "foo", recorder: gauges.recorder }];
  const text = await renderAfterEmit(rest, router(rest.recorder, routes));
  return { rest: text, gauges: await gauges.render() };
}

async function renderSpans(include: "all" | string[]): Promise<string> {
  const prometheus = exporter();
  withRecorder(new Stack(prometheus.recorder).push(spanLabels(include)), emitInSpans);
  return await prometheus.render();
}

const recorded = readRecorded();
for (const [title, render] of Object.entries(SECTIONS)) {
  Deno.test({
    name: `Prometheus.render() agrees with the recording '${title}'` +
      (recorded === undefined ? " (needs the folder shared/reference beside the repository)" : ""),
    ignore: recorded === undefined,
    fn: async () => {
      assertEquals(normalise(await render()), normalise(recorded?.get(title) ?? ""));
    },
  });
}

Deno.test("Prometheus.render() is the same for both ends of a fanout", async () => {
  const [a, b] = [exporter(), exporter()];
  withRecorder(fanout(a.recorder, b.recorder), emit);
  assertEquals(await a.render(), await b.render());
});

function readRecorded(): Map<string, string> | undefined {
  if (!permitted("read")) return undefined;
  try {
    const sections = Deno.readTextFileSync(FILE).split(/^##### /m).slice(1);
    return new Map(sections.map((section) => {
      const end = section.indexOf("\n");
      return [section.slice(0, end), section.slice(end + 1)];
    }));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Blocks in alphabetical order, as the recording has them, and values as JavaScript writes them:
 * `inf` is `+Inf`, `10000000000000000000000` is `1e+22`, `0.0000000001` is `1e-10`.
 */
function normalise(text: string): string[] {
  return text.split("\n\n").map((block) => block.trim()).filter((block) => block !== "").map(
    (block) =>
      block.split("\n").map((line) => line.startsWith("#") ? line : normaliseValue(line)).join(
        "\n",
      ),
  ).sort();
}

function normaliseValue(line: string): string {
  const end = line.lastIndexOf(" ") + 1;
  const value = line.slice(end).replace(/^(-?)inf$/, "$1Infinity").replace("+Inf", "Infinity");
  return line.slice(0, end) + Number(value);
}

const DEFAULT = `# HELP foo_counter just a counter
# TYPE foo_counter counter
foo_counter 1

# TYPE abs counter
abs 42

# HELP sent bytes sent
# TYPE sent counter
sent 12345678901234

# HELP foo_gauge just a gauge
# TYPE foo_gauge gauge
foo_gauge 7.5

# HELP mem memory
# TYPE mem gauge
mem{kind="heap"} 1048576

# HELP load load
# TYPE load gauge
load 0

# TYPE weird_name_1 gauge
weird_name_1{_bad_key="va\\"l\\\\ue\\nx",__dunder="日本"} NaN

# TYPE inf gauge
inf +Inf

# TYPE tiny gauge
tiny 1e-10

# TYPE huge gauge
huge 1e+22

# HELP foo_histgram latency of the "echo" API\\nsecond line \\\\ backslash
# TYPE foo_histgram summary
foo_histgram{api="echo",result="ok",quantile="0"} 0.001
foo_histgram{api="echo",result="ok",quantile="0.5"} 0.003000128900620228
foo_histgram{api="echo",result="ok",quantile="0.9"} 0.24999858787871077
foo_histgram{api="echo",result="ok",quantile="0.95"} 0.24999858787871077
foo_histgram{api="echo",result="ok",quantile="0.99"} 0.24999858787871077
foo_histgram{api="echo",result="ok",quantile="0.999"} 0.24999858787871077
foo_histgram{api="echo",result="ok",quantile="1"} 0.5
foo_histgram_sum{api="echo",result="ok"} 0.756
foo_histgram_count{api="echo",result="ok"} 5

`;
