import { LATENCY_BUCKETS } from "../buckets.ts";
import type { CatalogueEntry } from "./entry.ts";

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
export const RPC = [
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
