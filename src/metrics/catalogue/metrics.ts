import { OVERFLOW_COUNTER } from "../bounds.ts";
import { REFUSAL_COUNTER } from "../refusals.ts";
import type { CatalogueEntry } from "./entry.ts";

/** `src/metrics` about itself. */
export const METRICS = [
  {
    name: OVERFLOW_COUNTER,
    kind: "counter",
    unit: "count",
    help: "Look-ups that met a limit on series or label values, by metric.",
    labels: ["metric"],
  },
  {
    name: REFUSAL_COUNTER,
    kind: "counter",
    unit: "count",
    help:
      "Values that a histogram or counter refused, because they are no finite numbers in range, by metric.",
    labels: ["metric"],
  },
  {
    name: "metrics_collisions_total",
    kind: "counter",
    unit: "count",
    help: "Metrics and series whose exposed name was taken by another, by metric.",
    labels: ["metric"],
  },
  {
    name: "metrics_push_failures_total",
    kind: "counter",
    unit: "count",
    help: "Pushes to the Pushgateway that failed.",
    labels: [],
  },
  {
    name: "metrics_tcp_dropped_total",
    kind: "counter",
    unit: "count",
    help: "Metric events that were not streamed to TCP clients, by reason.",
    labels: ["reason"],
  },
] as const satisfies readonly CatalogueEntry[];
