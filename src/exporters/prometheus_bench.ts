/**
 * A scrape of 100,000 series: how long it takes and how long it holds the event loop, beside
 * prom-client with the same series of its own. The longest holds are printed before the benches.
 *
 * @module
 */
import client from "prom-client";
import { longestHold } from "../testing/event_loop.ts";
import { createPrometheus, type Prometheus } from "./prometheus.ts";

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** 25 counters and 25 gauges with 2,000 series each: 100,000 lines. */
const SIMPLE = { families: 25, series: 2_000 };
/** 5 histograms with 1,250 series of 16 lines each: 100,000 lines. */
const HISTOGRAMS = { families: 5, series: 1_250 };
/** 10 summaries with 1,100 series of 9 lines each: 99,000 lines. */
const SUMMARIES = { families: 10, series: 1_100 };

/** Makes a whole exposition, in whatever way. */
type Scrape = () => Promise<unknown>;

const labelsOf = (series: number) => ({
  grpc_service: "foo.Foo",
  grpc_method: `method-${series % 50}`,
  peer: `peer-${series}`,
});

function* each({ families, series }: typeof SIMPLE): Generator<[family: number, series: number]> {
  for (let f = 0; f < families; f++) for (let s = 0; s < series; s++) yield [f, s];
}

function ourSimple(): Prometheus {
  const prometheus = createPrometheus({ runtimeMetrics: false });
  const { recorder } = prometheus;
  for (const [f, s] of each(SIMPLE)) {
    recorder.registerCounter(`bench_${f}_total`, labelsOf(s)).increment(s);
    recorder.registerGauge(`bench_${f}_bytes`, labelsOf(s)).set(s / 7);
  }
  return prometheus;
}

function ourHistograms(size: typeof SIMPLE, buckets?: readonly number[]): Prometheus {
  const prometheus = createPrometheus({
    runtimeMetrics: false,
    ...(buckets === undefined ? {} : { buckets }),
  });
  for (const [f, s] of each(size)) {
    const histogram = prometheus.recorder.registerHistogram(`bench_${f}_seconds`, labelsOf(s));
    for (let i = 1; i <= 10; i++) histogram.record((s + i) / 1000);
  }
  return prometheus;
}

function theirSimple(): client.Registry {
  const registry = new client.Registry();
  const shared = { help: "bench", labelNames: Object.keys(labelsOf(0)), registers: [registry] };
  const families = Array.from({ length: SIMPLE.families }, (_, f) => ({
    counter: new client.Counter({ ...shared, name: `bench_${f}_total` }),
    gauge: new client.Gauge({ ...shared, name: `bench_${f}_bytes` }),
  }));
  for (const [f, s] of each(SIMPLE)) {
    families[f]?.counter.inc(labelsOf(s), s);
    families[f]?.gauge.set(labelsOf(s), s / 7);
  }
  return registry;
}

function theirHistograms(): client.Registry {
  const registry = new client.Registry();
  const shared = { help: "bench", labelNames: Object.keys(labelsOf(0)), registers: [registry] };
  const families = Array.from(
    { length: HISTOGRAMS.families },
    (_, f) =>
      new client.Histogram({ ...shared, name: `bench_${f}_seconds`, buckets: [...BUCKETS] }),
  );
  for (const [f, s] of each(HISTOGRAMS)) {
    for (let i = 1; i <= 10; i++) families[f]?.observe(labelsOf(s), (s + i) / 1000);
  }
  return registry;
}

function theirSummaries(): client.Registry {
  const registry = new client.Registry();
  const shared = { help: "bench", labelNames: Object.keys(labelsOf(0)), registers: [registry] };
  const families = Array.from(
    { length: SUMMARIES.families },
    (_, f) =>
      new client.Summary({
        ...shared,
        name: `bench_${f}_seconds`,
        percentiles: [0, 0.5, 0.9, 0.95, 0.99, 0.999, 1],
      }),
  );
  for (const [f, s] of each(SUMMARIES)) {
    for (let i = 1; i <= 10; i++) families[f]?.observe(labelsOf(s), (s + i) / 1000);
  }
  return registry;
}

const TEXT = { accept: "text/plain" };
const OPENMETRICS = { accept: "application/openmetrics-text" };

function answerOf(prometheus: Prometheus, headers: Record<string, string>): Scrape {
  return async () => {
    const request = new Request("http://localhost/metrics", { headers });
    const answer = prometheus.route.handle(request);
    for await (const _ of answer.body ?? []) { /* as a socket would take it */ }
  };
}

const simple = ourSimple();
const buckets = ourHistograms(HISTOGRAMS, BUCKETS);
const summaries = ourHistograms(SUMMARIES);
const [clientSimple, clientBuckets, clientSummaries] = [
  theirSimple(),
  theirHistograms(),
  theirSummaries(),
];

const CASES: readonly [group: string, name: string, scrape: Scrape][] = [
  ["counters and gauges", "prom-client", () => clientSimple.metrics()],
  ["counters and gauges", "text", answerOf(simple, TEXT)],
  ["counters and gauges", "openmetrics", answerOf(simple, OPENMETRICS)],
  ["counters and gauges", "text, gzip", answerOf(simple, { ...TEXT, "accept-encoding": "gzip" })],
  ["counters and gauges", "render()", () => simple.render()],
  ["histograms", "prom-client", () => clientBuckets.metrics()],
  ["histograms", "text", answerOf(buckets, TEXT)],
  ["histograms", "openmetrics", answerOf(buckets, OPENMETRICS)],
  ["summaries", "prom-client", () => clientSummaries.metrics()],
  ["summaries", "text", answerOf(summaries, TEXT)],
  ["summaries", "openmetrics", answerOf(summaries, OPENMETRICS)],
];

let report =
  "\nlongest hold of the event loop, and total, in ms: first scrape; worst of ten more\n";
for (const [group, name, scrape] of CASES) {
  const first = await longestHold(scrape);
  const more = { hold: 0, total: 0 };
  for (let i = 0; i < 10; i++) {
    const { hold, total } = await longestHold(scrape);
    more.hold = Math.max(more.hold, hold);
    more.total = Math.max(more.total, total);
  }
  const figures = [first.hold, first.total, more.hold, more.total].map((n) => n.toFixed(0));
  report += `  ${`${group}: ${name}`.padEnd(36)} ${
    figures.slice(0, 2).join(" of ").padStart(12)
  }; ${figures.slice(2).join(" of ").padStart(12)}\n`;
}
Deno.stdout.writeSync(new TextEncoder().encode(report));

for (const [group, name, scrape] of CASES) {
  Deno.bench(`${group}: ${name}`, { group, baseline: name === "prom-client" }, async () => {
    await scrape();
  });
}
