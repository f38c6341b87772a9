import type { CatalogueEntry } from "./entry.ts";

/** The process and its runtime: what prom-client measures, in its words, and what runs. */
export const PROCESS = [
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
    name: "nodejs_gc_observed_total",
    kind: "counter",
    unit: "count",
    help: "Garbage collections that were seen, of whatever kind.",
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
