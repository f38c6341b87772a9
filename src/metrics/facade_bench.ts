/**
 * What recording costs, beside prom-client in the same run. Each iteration records 100 times, so
 * that a handle of a few nanoseconds can be measured: divide by 100.
 */
import { Counter, Gauge, Histogram, Registry as PromRegistry } from "prom-client";
import { BucketHistogram, LATENCY_BUCKETS } from "./buckets.ts";
import { CounterCell, GaugeCell } from "./cells.ts";
import { createFacade } from "./facade.ts";
import { NOOP_RECORDER } from "./noop.ts";
import type { Recorder } from "./recorder.ts";
import { Registry } from "./registry.ts";

const RECORDINGS = 100;
const APIS = ["echo", "list", "get", "put"];
const RESULTS = ["ok", "error"];

function registryRecorder(): Recorder {
  const registry = new Registry({
    counter: () => new CounterCell(),
    gauge: () => new GaugeCell(),
    histogram: () => new BucketHistogram(LATENCY_BUCKETS),
  });
  return {
    ...NOOP_RECORDER,
    registerCounter: (name, labels) => registry.counter(name, labels),
    registerGauge: (name, labels) => registry.gauge(name, labels),
    registerHistogram: (name, labels) => registry.histogram(name, labels),
  };
}

const facade = createFacade();
facade.setGlobalRecorder(registryRecorder());

const local = createFacade();
const localRecorder = registryRecorder();

const prom = { help: "Bench.", labelNames: ["api", "result"], registers: [new PromRegistry()] };
const promCounter = new Counter({ ...prom, name: "c" });
const promGauge = new Gauge({ ...prom, name: "g" });
const promHistogram = new Histogram({ ...prom, name: "h", buckets: [...LATENCY_BUCKETS] });

/** The `i`th of eight pairs of label values, as strings that were not made for the look-up. */
const api = (i: number) => APIS[i % 4] ?? "";
const result = (i: number) => RESULTS[(i >> 2) % 2] ?? "";

function bench(group: string, name: string, baseline: boolean, record: (i: number) => void): void {
  Deno.bench({
    group,
    name,
    baseline,
    fn: () => {
      for (let i = 0; i < RECORDINGS; i++) record(i);
    },
  });
}

const counter = facade.counter("c", { api: "echo", result: "ok" });
const promCounterChild = promCounter.labels({ api: "echo", result: "ok" });
bench("kept counter", "echoscope", true, () => counter.increment());
bench("kept counter", "prom-client", false, () => promCounterChild.inc());

const gauge = facade.gauge("g", { api: "echo", result: "ok" });
const promGaugeChild = promGauge.labels({ api: "echo", result: "ok" });
bench("kept gauge", "echoscope", true, (i) => gauge.set(i + 0.5));
bench("kept gauge", "prom-client", false, (i) => promGaugeChild.set(i + 0.5));

const histogram = facade.histogram("h", { api: "echo", result: "ok" });
const promHistogramChild = promHistogram.labels({ api: "echo", result: "ok" });
bench("kept histogram", "echoscope", true, (i) => histogram.record(i / 1000));
bench("kept histogram", "prom-client", false, (i) => promHistogramChild.observe(i / 1000));

bench("look-up, two labels", "echoscope", true, (i) => {
  facade.counter("c", { api: api(i), result: result(i) }).increment();
});
bench("look-up, two labels", "echoscope, other order", false, (i) => {
  facade.counter("c", { result: result(i), api: api(i) }).increment();
});
bench("look-up, two labels", "prom-client", false, (i) => {
  promCounter.inc({ api: api(i), result: result(i) });
});
Deno.bench({
  group: "look-up, two labels",
  name: "echoscope, withRecorder",
  fn: () =>
    local.withRecorder(localRecorder, () => {
      for (let i = 0; i < RECORDINGS; i++) {
        local.counter("c", { api: api(i), result: result(i) }).increment();
      }
    }),
});

// 2,000 series, which is the default limit: 50 × 40 values, and users that came too late.
const routes = Array.from({ length: 50 }, (_, i) => `/route/${i}`);
const users = Array.from({ length: 80 }, (_, i) => `user-${i}`);
const kept = users.slice(0, 40);
for (const route of routes) for (const user of kept) facade.counter("wide", { route, user });
const late = users.slice(40);
const pick = (values: readonly string[], i: number) => values[i % values.length] ?? "";

bench("look-up among 2,000 series", "echoscope", true, (i) => {
  facade.counter("wide", { route: pick(routes, i), user: pick(kept, i * 7) }).increment();
});
bench("look-up among 2,000 series", "echoscope, past the limit", false, (i) => {
  facade.counter("wide", { route: pick(routes, i), user: pick(late, i * 7) }).increment();
});
const promWide = new Counter({
  name: "wide",
  help: "Bench.",
  labelNames: ["route", "user"],
  registers: prom.registers,
});
for (const route of routes) for (const user of kept) promWide.inc({ route, user });
bench("look-up among 2,000 series", "prom-client", false, (i) => {
  promWide.inc({ route: pick(routes, i), user: pick(kept, i * 7) });
});

const bare = createFacade();
bench("no recorder", "look-up, two labels", true, (i) => {
  bare.counter("c", { api: api(i), result: result(i) }).increment();
});
