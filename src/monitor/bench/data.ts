/**
 * Data that is the same in every run, and in both programs that are compared.
 *
 * @module
 */
import { RULES } from "../../dashboards/embedded.ts";
import { SeededRandom } from "../../testing/fuzz.ts";
import type { DataSeries } from "../differential/data_set.ts";
import { parseExposition } from "../exposition/mod.ts";
import { Labels, METRIC_NAME } from "../labels.ts";
import { Engine } from "../promql/engine.ts";
import { MemoryStorage } from "../promqltest/memory_storage.ts";
import { loadRules } from "../rules/rule_file.ts";
import type { BatchSample } from "../store/batch.ts";
import type { Store } from "../store/store.ts";

/** When the data begin, in milliseconds: a full hour in September 2020. */
export const START = 1_600_002_000_000;
/** When they end, in milliseconds: an hour, and what ranges look back to from its start. */
export const END = START + 75 * 60_000;
/** Milliseconds between samples. */
export const INTERVAL = 15_000;

const METHODS = 20;
const BOUNDS = [
  "0.001",
  "0.005",
  "0.01",
  "0.05",
  "0.1",
  "0.25",
  "0.5",
  "1.0",
  "2.5",
  "5.0",
  "10.0",
];
const PAGE_LABELS = { job: "echoscope", instance: "127.0.0.1:9000", pod: "local" };

/** Counters of calls: so many series, of twenty methods. */
export function callCounters(count: number): DataSeries[] {
  const random = new SeededRandom(1);
  return Array.from({ length: count }, (_, i) => {
    const labels = {
      [METRIC_NAME]: "calls_total",
      job: "bench",
      instance: `host-${Math.floor(i / METHODS)}`,
      "grpc_method": `Method${i % METHODS}`,
    };
    let value = random.below(1e6);
    return series(labels, () => value += random.below(200));
  });
}

/** The buckets of so many latency histograms, of twenty methods. */
export function latencyHistograms(count: number): DataSeries[] {
  const random = new SeededRandom(2);
  return Array.from({ length: count }, (_, i) => {
    const steps = (END - START) / INTERVAL + 1;
    const calls = Array.from({ length: steps }, () => random.below(200));
    return [...BOUNDS, "+Inf"].map((le, bucket) => {
      const labels = {
        [METRIC_NAME]: "latency_seconds_bucket",
        job: "bench",
        instance: `host-${Math.floor(i / METHODS)}`,
        "grpc_method": `Method${i % METHODS}`,
        le,
      };
      let [value, step] = [0, 0];
      return series(labels, () => {
        value += Math.round((calls[step++] ?? 0) * (bucket + 1) / (BOUNDS.length + 1));
        return value;
      });
    });
  }).flat();
}

/** What a page of metrics would have been at each scrape, had all in it risen steadily from nothing. */
export function pageSeries(page: string): DataSeries[] {
  const { samples, metadata } = parseExposition(page, "text/plain; version=0.0.4");
  const gauges = new Set(metadata.filter(({ type }) => type === "gauge").map(({ name }) => name));
  return samples.map(({ name, labels, value }) => {
    let step = 0;
    return series(
      { ...Object.fromEntries(labels), ...PAGE_LABELS, [METRIC_NAME]: name },
      gauges.has(name) ? () => value : () => value * ++step,
    );
  });
}

/** What our rules record of other series. */
export async function recordedSeries(scraped: readonly DataSeries[]): Promise<DataSeries[]> {
  const storage = new MemoryStorage();
  for (const { labels, samples } of scraped) storage.append(labels, samples);
  const engine = new Engine();
  const recorded: DataSeries[] = [];
  for (const rule of loadRules(RULES).flatMap(({ rules }) => rules)) {
    if (rule.type !== "recording") continue;
    const range = { query: rule.query, start: START, end: END, step: INTERVAL };
    const { result } = await engine.range(storage, range);
    for (const { labels, times, values } of result.type === "matrix" ? result.series : []) {
      const named = Labels.of([...labels, ...rule.labelValues, [METRIC_NAME, rule.name]]);
      const samples = [...times].map((time, i) => ({ time, value: values[i] ?? NaN, start: 0 }));
      storage.append(named, samples);
      recorded.push({ labels: named, samples });
    }
  }
  return recorded;
}

function series(record: Readonly<Record<string, string>>, next: () => number): DataSeries {
  const samples = [];
  for (let time = START; time <= END; time += INTERVAL) {
    samples.push({ time, value: next(), start: 0 });
  }
  return { labels: Labels.from(record), samples };
}

/** Puts series in a store, scrape by scrape. */
export function fill(store: Store, all: readonly DataSeries[]): void {
  const handles = all.map(({ labels }) => store.handle(labels));
  const scrapes = new Map<number, Map<string, BatchSample[]>>();
  for (const [i, { labels, samples }] of all.entries()) {
    const handle = handles[i] ?? store.handle(labels);
    const source = labels.get("instance");
    for (const { time, value } of samples) {
      if (typeof value !== "number") continue;
      let sources = scrapes.get(time);
      if (sources === undefined) scrapes.set(time, sources = new Map());
      let batch = sources.get(source);
      if (batch === undefined) sources.set(source, batch = []);
      batch.push({ series: handle, value });
    }
  }
  for (const [time, sources] of [...scrapes].sort(([a], [b]) => a - b)) {
    for (const [source, samples] of sources) store.append({ source, time, samples });
  }
}

/** All that both programs hold while they are compared; `page` is what the program itself shows. */
export async function benchSet(page: string): Promise<DataSeries[]> {
  const own = pageSeries(page);
  return [
    ...callCounters(1000),
    ...latencyHistograms(200),
    ...own,
    ...await recordedSeries(own),
  ];
}
