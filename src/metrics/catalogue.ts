/**
 * Every metric that the program exports. What is shown to people (`/metrics`, the README, dashboards,
 * rules and alerts) is checked against this list; what records is checked against it by the compiler
 * when it asks for its handles here:
 *
 * ```ts
 * catalogued.histogram("foo_histgram", { api: "echo", result: "ok" }).record(seconds);
 * ```
 *
 * To add a metric: add an entry, record it, and show it on a panel or say why it is hidden.
 *
 * @module
 */
import { LATENCY_BUCKETS } from "./buckets.ts";
import { OVERFLOW_COUNTER } from "./bounds.ts";
import { counter, currentRecorder, gauge, histogram } from "./facade.ts";
import { DEFAULT_QUANTILES } from "./quantile.ts";
import type { Counter, Gauge, Histogram, MetricKind } from "./recorder.ts";
import { REFUSAL_COUNTER } from "./refusals.ts";
import type { Unit } from "./unit.ts";

interface EntryOf<Kind extends MetricKind> {
  readonly name: string;
  readonly kind: Kind;
  readonly unit: Unit;
  /** One sentence: what one unit more of it means. */
  readonly help: string;
  readonly labels: readonly string[];
  /** Why no panel shows it, where none does. */
  readonly hidden?: string;
}

/** One metric. A histogram is exported as buckets or as quantiles. */
export type CatalogueEntry =
  | EntryOf<"counter">
  | EntryOf<"gauge">
  | EntryOf<"histogram"> & { readonly buckets: readonly number[] }
  | EntryOf<"histogram"> & { readonly quantiles: readonly number[] };

/** `src/echo`: the names of the original example, its spelling included. */
const ECHO = [
  {
    name: "foo_histgram",
    kind: "histogram",
    unit: "seconds",
    help: "Time an API call took, by API and result.",
    labels: ["api", "result"],
    quantiles: DEFAULT_QUANTILES,
  },
  {
    name: "foo_counter",
    kind: "counter",
    unit: "count",
    help: "API calls answered.",
    labels: [],
  },
  {
    name: "foo_gauge",
    kind: "gauge",
    unit: "count",
    help: "Rises by 10 with every API call.",
    labels: [],
  },
] as const satisfies readonly CatalogueEntry[];

/** Bounds for sizes of messages, in bytes: powers of four from 16 B to 16 MiB. */
const MESSAGE_SIZE_BUCKETS = Array.from({ length: 11 }, (_, i) => 4 ** (i + 2));

/** What is measured of calls, on the server and on the client alike. */
function callsOf<Side extends "server" | "client">(side: Side) {
  return [
    {
      name: `grpc_${side}_started_total`,
      kind: "counter",
      unit: "count",
      help: `Calls that began on the ${side}.`,
      labels: ["grpc_type", "grpc_service", "grpc_method"],
    },
    {
      name: `grpc_${side}_handled_total`,
      kind: "counter",
      unit: "count",
      help: `Calls that ended on the ${side}, by the status that the caller saw.`,
      labels: ["grpc_type", "grpc_service", "grpc_method", "grpc_code"],
    },
    {
      name: `grpc_${side}_handling_seconds`,
      kind: "histogram",
      unit: "seconds",
      help: `Time from the start of a call to its end on the ${side}, by outcome.`,
      labels: ["grpc_type", "grpc_service", "grpc_method", "outcome"],
      buckets: LATENCY_BUCKETS,
    },
    {
      name: `grpc_${side}_in_flight`,
      kind: "gauge",
      unit: "count",
      help: `Calls that have begun on the ${side} and not ended.`,
      labels: ["grpc_type", "grpc_service", "grpc_method"],
    },
    {
      name: `grpc_${side}_msg_received_total`,
      kind: "counter",
      unit: "count",
      help: `Messages that the ${side} received.`,
      labels: ["grpc_type", "grpc_service", "grpc_method"],
    },
    {
      name: `grpc_${side}_msg_sent_total`,
      kind: "counter",
      unit: "count",
      help: `Messages that the ${side} sent.`,
      labels: ["grpc_type", "grpc_service", "grpc_method"],
    },
    {
      name: `grpc_${side}_msg_received_bytes`,
      kind: "histogram",
      unit: "bytes",
      help: `Sizes of the messages that the ${side} received, without framing and compression.`,
      labels: ["grpc_type", "grpc_service", "grpc_method"],
      buckets: MESSAGE_SIZE_BUCKETS,
    },
    {
      name: `grpc_${side}_msg_sent_bytes`,
      kind: "histogram",
      unit: "bytes",
      help: `Sizes of the messages that the ${side} sent, without framing.`,
      labels: ["grpc_type", "grpc_service", "grpc_method"],
      buckets: MESSAGE_SIZE_BUCKETS,
    },
  ] as const satisfies readonly CatalogueEntry[];
}

/** `src/rpc`: `grpc_server_…` and `grpc_client_…`. */
const RPC = [
  ...callsOf("server"),
  ...callsOf("client"),
  {
    name: "grpc_server_handler_failures_total",
    kind: "counter",
    unit: "count",
    help: "Handlers that failed with an error that is no status, by method.",
    labels: ["grpc_service", "grpc_method"],
  },
  {
    name: "grpc_server_connections",
    kind: "gauge",
    unit: "count",
    help: "Connections that are open.",
    labels: [],
  },
  {
    name: "grpc_server_connection_errors_total",
    kind: "counter",
    unit: "count",
    help: "Connections that broke the protocol or were lost, by where it showed.",
    labels: ["origin"],
  },
  {
    name: "grpc_tls_certificate_expiry_timestamp_seconds",
    kind: "gauge",
    unit: "seconds",
    help: "When the certificate in a file expires, in seconds since the unix epoch.",
    labels: ["role", "file"],
  },
  {
    name: "grpc_tls_reloads_total",
    kind: "counter",
    unit: "count",
    help: "Changes of TLS files, by whether the new ones could be used.",
    labels: ["role", "result"],
  },
  {
    name: "grpc_server_refused_total",
    kind: "counter",
    unit: "count",
    help: "Calls and connections that a limit of the server refused or ended, by limit.",
    labels: ["reason"],
  },
  {
    name: "grpc_server_faults_injected_total",
    kind: "counter",
    unit: "count",
    help: "Faults added to calls on purpose, by kind.",
    labels: ["kind"],
  },
] as const satisfies readonly CatalogueEntry[];

/** The process and its runtime: what prom-client measures, in its words, and what runs. */
const PROCESS = [
  {
    name: "echoscope_build_info",
    kind: "gauge",
    unit: "count",
    help: "Always 1; its labels tell what runs.",
    labels: ["version", "deno"],
  },
  {
    name: "process_cpu_user_seconds_total",
    kind: "counter",
    unit: "seconds",
    help: "Total user CPU time spent in seconds.",
    labels: [],
  },
  {
    name: "process_cpu_system_seconds_total",
    kind: "counter",
    unit: "seconds",
    help: "Total system CPU time spent in seconds.",
    labels: [],
  },
  {
    name: "process_cpu_seconds_total",
    kind: "counter",
    unit: "seconds",
    help: "Total user and system CPU time spent in seconds.",
    labels: [],
  },
  {
    name: "process_start_time_seconds",
    kind: "gauge",
    unit: "seconds",
    help: "Start time of the process since unix epoch in seconds.",
    labels: [],
  },
  {
    name: "process_resident_memory_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "Resident memory size in bytes.",
    labels: [],
  },
  {
    name: "nodejs_eventloop_lag_seconds",
    kind: "gauge",
    unit: "seconds",
    help: "Lag of event loop in seconds.",
    labels: [],
  },
  {
    name: "nodejs_active_resources",
    kind: "gauge",
    unit: "count",
    help:
      "Number of active resources that are currently keeping the event loop alive, grouped by async resource type.",
    labels: ["type"],
  },
  {
    name: "nodejs_active_handles",
    kind: "gauge",
    unit: "count",
    help:
      "Number of active libuv handles grouped by handle type. Every handle type is C++ class name.",
    labels: ["type"],
  },
  {
    name: "nodejs_active_requests",
    kind: "gauge",
    unit: "count",
    help:
      "Number of active libuv requests grouped by request type. Every request type is C++ class name.",
    labels: ["type"],
  },
  {
    name: "nodejs_heap_size_total_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "Process heap size from Node.js in bytes.",
    labels: [],
  },
  {
    name: "nodejs_heap_size_used_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "Process heap size used from Node.js in bytes.",
    labels: [],
  },
  {
    name: "nodejs_external_memory_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "Node.js external memory size in bytes.",
    labels: [],
  },
  {
    name: "nodejs_heap_space_size_total_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "Process heap space size total from Node.js in bytes.",
    labels: ["space"],
  },
  {
    name: "nodejs_heap_space_size_used_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "Process heap space size used from Node.js in bytes.",
    labels: ["space"],
  },
  {
    name: "nodejs_heap_space_size_available_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "Process heap space size available from Node.js in bytes.",
    labels: ["space"],
  },
  {
    name: "nodejs_version_info",
    kind: "gauge",
    unit: "count",
    help: "Node.js version info.",
    labels: ["version", "major", "minor", "patch"],
  },
] as const satisfies readonly CatalogueEntry[];

/** `src/metrics` about itself. */
const METRICS = [
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

/** The catalogue. */
export const CATALOGUE = [...ECHO, ...RPC, ...PROCESS, ...METRICS] as const;

type Entry = typeof CATALOGUE[number];

/** The names in the catalogue, of one kind or of all. */
export type MetricNameOf<Kind extends MetricKind = MetricKind> = Extract<
  Entry,
  { readonly kind: Kind }
>["name"];

type LabelNameOf<Name extends MetricNameOf> = Extract<
  Entry,
  { readonly name: Name }
>["labels"][number];

/** The labels of a metric in the catalogue: all of them, and no others. */
export type LabelsOf<Name extends MetricNameOf> = {
  readonly [LabelName in LabelNameOf<Name>]: string;
};

type LabelArguments<Name extends MetricNameOf> = [LabelNameOf<Name>] extends [never] ? []
  : [labels: LabelsOf<Name>];

type CataloguedFunction<Kind extends MetricKind, Handle> = <Name extends MetricNameOf<Kind>>(
  name: Name,
  ...labels: LabelArguments<Name>
) => Handle;

/** The facade's functions for metrics in the catalogue: the compiler checks names, kinds and labels. */
export const catalogued: {
  readonly counter: CataloguedFunction<"counter", Counter>;
  readonly gauge: CataloguedFunction<"gauge", Gauge>;
  readonly histogram: CataloguedFunction<"histogram", Histogram>;
} = {
  counter: counter<string, string>,
  gauge: gauge<string, string>,
  histogram: histogram<string, string>,
};

/** The type of a metric where it is exposed: a histogram with quantiles is a summary. */
export function exposedType(entry: CatalogueEntry): MetricKind | "summary" {
  return "quantiles" in entry ? "summary" : entry.kind;
}

/** The bounds of every histogram that is exported as buckets. */
export function bucketsOf(
  catalogue: readonly CatalogueEntry[],
): { readonly name: string; readonly buckets: readonly number[] }[] {
  return catalogue.flatMap((entry) =>
    "buckets" in entry ? [{ name: entry.name, buckets: entry.buckets }] : []
  );
}

/** Describes every entry on the current recorder. */
export function describeAll(catalogue: readonly CatalogueEntry[] = CATALOGUE): void {
  const recorder = currentRecorder();
  for (const { name, kind, unit, help } of catalogue) {
    switch (kind) {
      case "counter":
        recorder.describeCounter(name, unit, help);
        break;
      case "gauge":
        recorder.describeGauge(name, unit, help);
        break;
      case "histogram":
        recorder.describeHistogram(name, unit, help);
        break;
    }
  }
}
