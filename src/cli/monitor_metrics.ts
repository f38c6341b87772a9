/**
 * What the embedded Prometheus tells of itself.
 *
 * @module
 */
import { catalogued } from "../metrics/mod.ts";
import type { QueryEnd } from "../monitor/promql/engine.ts";
import type { Store } from "../monitor/store/store.ts";

const REASONS = {
  outOfOrder: "out_of_order",
  duplicate: "duplicate",
  outOfBounds: "out_of_bounds",
  tooManySeries: "too_many_series",
} as const;

/** Returns what records the present state of a store; it is not for free, so once a scrape. */
export function storeRecorder(store: Store): () => void {
  const series = catalogued.gauge("monitor_series");
  const bytes = catalogued.gauge("monitor_store_bytes");
  const appended = catalogued.counter("monitor_samples_appended_total");
  const evicted = catalogued.counter("monitor_series_evicted_total");
  const refused = Object.entries(REASONS).map(([key, reason]) => ({
    key: key as keyof typeof REASONS,
    counter: catalogued.counter("monitor_samples_refused_total", { reason }),
  }));
  return () => {
    const stats = store.stats();
    series.set(stats.series);
    bytes.set(stats.bytes);
    appended.absolute(stats.appendedSamples);
    evicted.absolute(stats.evictedSeries);
    for (const { key, counter } of refused) counter.absolute(stats.refusedSamples[key]);
  };
}

/** Returns what records the end of a query. */
export function queryRecorder(): (end: QueryEnd) => void {
  const seconds = catalogued.histogram("monitor_query_seconds");
  const count = (result: QueryEnd["result"]) =>
    catalogued.counter("monitor_queries_total", { result });
  const counters = {
    ok: count("ok"),
    "bad_data": count("bad_data"),
    execution: count("execution"),
    timeout: count("timeout"),
    canceled: count("canceled"),
  };
  return (end) => {
    seconds.record(end.seconds);
    counters[end.result].increment();
  };
}
