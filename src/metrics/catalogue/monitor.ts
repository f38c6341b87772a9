import type { CatalogueEntry } from "./entry.ts";

/** `src/monitor`: the embedded Prometheus about itself. */
export const MONITOR = [
  {
    name: "monitor_series",
    kind: "gauge",
    unit: "count",
    help: "Series in the embedded Prometheus.",
    labels: [],
  },
  {
    name: "monitor_store_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "Memory that its samples take, without labels.",
    labels: [],
  },
  {
    name: "monitor_samples_appended_total",
    kind: "counter",
    unit: "count",
    help: "Samples that it stored.",
    labels: [],
  },
  {
    name: "monitor_samples_refused_total",
    kind: "counter",
    unit: "count",
    help: "Samples that it did not store, by reason.",
    labels: ["reason"],
  },
  {
    name: "monitor_series_evicted_total",
    kind: "counter",
    unit: "count",
    help: "Series that went before their time, because others met the limit.",
    labels: [],
  },
  {
    name: "monitor_queries_total",
    kind: "counter",
    unit: "count",
    help: "Queries, those of rules included, by how they ended: ok, or Prometheus' error type.",
    labels: ["result"],
  },
  {
    name: "monitor_query_seconds",
    kind: "histogram",
    unit: "seconds",
    help: "Time from a query's arrival to its result, waiting included.",
    labels: [],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  },
] as const satisfies readonly CatalogueEntry[];
