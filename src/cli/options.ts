/**
 * Every flag and variable of the program. The environment permission in deno.json names exactly the
 * variables listed here.
 *
 * @module
 */
import { LEVELS } from "../logging/logger.ts";
import { DEFAULT_MAX_RECEIVE_MESSAGE_BYTES, LARGEST_MESSAGE_LIMIT } from "../rpc/server.ts";
import { option } from "./config.ts";
import { monitorOptions, queryOptions } from "./monitor_options.ts";
import {
  connectionOptions,
  faultOptions,
  insightOptions,
  limitOptions,
  serverTlsOptions,
  transportOptions,
} from "./rpc_options.ts";
import { transportLimitOptions } from "./transport_options.ts";
import {
  address,
  duration,
  host,
  integer,
  oneOf,
  optional,
  port,
  positiveNumber,
  text,
  toggle,
} from "./value.ts";

const DAY = 24 * 3_600_000;

/** How a command logs. */
export const logOptions = {
  logLevel: option({
    flag: "log-level",
    env: "LOG_LEVEL",
    value: oneOf(...LEVELS),
    default: "info",
    help: "the least important lines to log",
  }),
  logFormat: option({
    flag: "log-format",
    env: "LOG_FORMAT",
    value: oneOf("auto", "human", "json"),
    default: "auto",
    help: "how log lines look; auto is human on a terminal, json elsewhere",
  }),
};

/** How a service listens and stops. */
export const serviceOptions = {
  host: option({
    flag: "host",
    env: "SERVER_HOST",
    value: host,
    default: "0.0.0.0",
    help: "the address to answer gRPC on",
  }),
  port: option({
    flag: "port",
    env: "SERVER_PORT",
    value: port,
    default: 20000,
    help: "the port to answer gRPC on; 0 takes a free one",
  }),
  metricsHost: option({
    flag: "metrics-host",
    env: "METRICS_HOST",
    value: host,
    default: "0.0.0.0",
    help: "the address of metrics and probes",
  }),
  metricsPort: option({
    flag: "metrics-port",
    env: "METRICS_PORT",
    value: port,
    default: 9000,
    help: "the port of metrics and probes; 0 takes a free one",
  }),
  maxReceiveMessageBytes: option({
    flag: "max-receive-message-bytes",
    env: "MAX_RECEIVE_MESSAGE_BYTES",
    value: integer(1, LARGEST_MESSAGE_LIMIT, "BYTES"),
    default: DEFAULT_MAX_RECEIVE_MESSAGE_BYTES,
    help: "the largest request; a larger one gets RESOURCE_EXHAUSTED",
  }),
  drainDelay: option({
    flag: "drain-delay",
    env: "DRAIN_DELAY",
    value: duration(0, 3_600_000),
    default: 0,
    help: "how long to say 'not ready' before new calls are refused",
  }),
  drainTimeout: option({
    flag: "drain-timeout",
    env: "DRAIN_TIMEOUT",
    value: duration(0, 3_600_000),
    default: 10_000,
    help: "how long running calls may take to finish before they are cut",
  }),
  tcpExporter: option({
    flag: "tcp-exporter",
    env: "TCP_EXPORTER",
    value: optional(address),
    default: undefined,
    defaultText: "off",
    help: "where to stream every metric event, for metrics-observer",
  }),
  ...transportOptions,
  ...limitOptions,
  ...transportLimitOptions,
  ...insightOptions,
  ...faultOptions,
  ...serverTlsOptions,
  ...monitorOptions,
  ...queryOptions,
  ...logOptions,
};

/** What a client calls, and with what. */
export const callOptions = {
  name: option({ flag: "name", value: text, default: "Echoscope", help: "whom the reply greets" }),
  interval: option({
    flag: "interval",
    value: duration(0, DAY),
    default: 1000,
    help: "the time between two calls of one worker; 0 is as fast as possible",
  }),
  deadline: option({
    flag: "deadline",
    value: duration(1, DAY),
    default: 5000,
    help: "how long to wait for each reply",
  }),
};

/** How a client runs. */
export const clientOptions = {
  host: option({
    flag: "host",
    env: "CLIENT_HOST",
    value: host,
    default: "127.0.0.1",
    help: "the server to call",
  }),
  port: option({
    flag: "port",
    env: "CLIENT_PORT",
    value: integer(1, 65535, "PORT"),
    default: 20000,
    help: "its port",
  }),
  ...callOptions,
  duration: option({
    flag: "duration",
    value: duration(0, 365 * DAY),
    default: 60_000,
    help: "how long to go on; 0 is without end",
  }),
  count: option({
    flag: "count",
    value: integer(0, 1e12),
    default: 0,
    defaultText: "no limit",
    help: "how many calls to make at most; 0 is no limit",
  }),
  concurrency: option({
    flag: "concurrency",
    value: integer(1, 10_000),
    default: 1,
    help: "how many calls may run at once",
  }),
  rate: option({
    flag: "rate",
    value: optional(positiveNumber(1e6, "PER_SECOND")),
    default: undefined,
    defaultText: "what --interval makes it",
    help: "calls a second over all workers",
  }),
  metricsHost: serviceOptions.metricsHost,
  metricsPort: option({
    flag: "metrics-port",
    env: "METRICS_PORT",
    value: optional(port),
    default: undefined,
    defaultText: "off",
    help: "the port of the client's own metrics, while it runs",
  }),
  ...connectionOptions,
  quiet: option({ flag: "quiet", value: toggle, default: false, help: "print no replies" }),
  ...logOptions,
};

/** What a probe asks. */
export const healthOptions = {
  host: option({
    flag: "metrics-host",
    env: "METRICS_HOST",
    value: host,
    default: "127.0.0.1",
    help: "the address of the service's probes",
  }),
  port: option({
    flag: "metrics-port",
    env: "METRICS_PORT",
    value: integer(1, 65535, "PORT"),
    default: 9000,
    help: "their port",
  }),
  timeout: option({
    flag: "timeout",
    value: duration(1, 60_000),
    default: 1000,
    help: "how long to wait for the answer",
  }),
};
