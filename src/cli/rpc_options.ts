/**
 * Flags and variables of gRPC beyond address and port: TLS, limits, logs of calls, faults.
 *
 * @module
 */
import { defaultTransport, LARGEST_MESSAGE_LIMIT } from "../rpc/server.ts";
import { option } from "./config.ts";
import { duration, fraction, integer, oneOf, optional, path, port, text, toggle } from "./value.ts";

const DAY = 24 * 3_600_000;

/** How a server proves who it is, and asks its clients to. */
export const serverTlsOptions = {
  tlsCert: option({
    flag: "tls-cert",
    env: "TLS_CERT",
    value: optional(path),
    default: undefined,
    help: "the certificate in PEM; with it gRPC is encrypted",
  }),
  tlsKey: option({
    flag: "tls-key",
    env: "TLS_KEY",
    value: optional(path),
    default: undefined,
    help: "its private key in PEM",
  }),
  tlsClientCa: option({
    flag: "tls-client-ca",
    env: "TLS_CLIENT_CA",
    value: optional(path),
    default: undefined,
    help: "the authorities of clients in PEM; with it clients must show a certificate",
  }),
  healthPort: option({
    flag: "health-port",
    env: "HEALTH_PORT",
    value: optional(port),
    default: undefined,
    defaultText: "off",
    help: "a second port, never encrypted, that answers health checks only",
  }),
};

/** What carries the calls. */
export const transportOptions = {
  transport: option({
    flag: "transport",
    env: "RPC_TRANSPORT",
    value: oneOf("grpc-js", "native"),
    default: defaultTransport.name,
    help: "the HTTP/2 under the server: that of grpc-js, or our own",
  }),
};

/** What calls and connections may take. */
export const limitOptions = {
  maxSendMessageBytes: option({
    flag: "max-send-message-bytes",
    env: "MAX_SEND_MESSAGE_BYTES",
    value: optional(integer(1, LARGEST_MESSAGE_LIMIT, "BYTES")),
    default: undefined,
    defaultText: "no limit",
    help: "the largest reply",
  }),
  maxConcurrentCalls: option({
    flag: "max-concurrent-calls",
    env: "MAX_CONCURRENT_CALLS",
    value: optional(integer(1, 1_000_000)),
    default: undefined,
    defaultText: "no limit",
    help: "how many calls may run at once; more get RESOURCE_EXHAUSTED and when to try again",
  }),
  maxDeadline: option({
    flag: "max-deadline",
    env: "MAX_DEADLINE",
    value: optional(duration(1, DAY)),
    default: undefined,
    defaultText: "no limit",
    help: "the longest a call may take, whatever its caller asks for",
  }),
  maxConnectionAge: option({
    flag: "max-connection-age",
    env: "MAX_CONNECTION_AGE",
    value: optional(duration(1000, DAY)),
    default: undefined,
    defaultText: "no limit",
    help: "after how long a client is told to connect anew; minutes are sensible",
  }),
  maxConnectionAgeGrace: option({
    flag: "max-connection-age-grace",
    env: "MAX_CONNECTION_AGE_GRACE",
    value: optional(duration(1, DAY)),
    default: undefined,
    defaultText: "no limit",
    help: "how long its calls may go on after that",
  }),
  maxConnectionIdle: option({
    flag: "max-connection-idle",
    env: "MAX_CONNECTION_IDLE",
    value: optional(duration(1000, DAY)),
    default: undefined,
    defaultText: "no limit",
    help: "after how long without a call a connection ends",
  }),
  keepaliveTime: option({
    flag: "keepalive-time",
    env: "KEEPALIVE_TIME",
    value: duration(1000, DAY),
    default: 2 * 3_600_000,
    help: "how often a silent client is asked whether it is there",
  }),
  keepaliveTimeout: option({
    flag: "keepalive-timeout",
    env: "KEEPALIVE_TIMEOUT",
    value: duration(100, 3_600_000),
    default: 20_000,
    help: "how long it has to answer",
  }),
  maxConcurrentStreams: option({
    flag: "max-concurrent-streams",
    env: "MAX_CONCURRENT_STREAMS",
    value: integer(1, 2 ** 31 - 1),
    default: 1000,
    help: "how many calls may run at once on one connection",
  }),
  minPingInterval: option({
    flag: "min-ping-interval",
    env: "MIN_PING_INTERVAL",
    value: duration(1, DAY),
    default: 10_000,
    help: "how long a client must wait between two pings while nothing is sent to it",
  }),
};

/** What a server tells of itself and of its calls. */
export const insightOptions = {
  reflection: option({
    flag: "reflection",
    env: "REFLECTION",
    value: { ...toggle, placeholder: "true|false" },
    default: true,
    help: "whether grpcurl and the like may ask what is served",
  }),
  logCallsOneIn: option({
    flag: "log-calls-one-in",
    env: "LOG_CALLS_ONE_IN",
    value: integer(0, 1e9),
    default: 0,
    help: "log one call in so many, 0 none; what fails by the server's fault is always logged",
  }),
  logCallsSlow: option({
    flag: "log-calls-slow",
    env: "LOG_CALLS_SLOW",
    value: optional(duration(0, DAY)),
    default: undefined,
    defaultText: "off",
    help: "log every call that takes longer",
  }),
};

/** Calls broken on purpose, to see dashboards and alerts move. */
export const faultOptions = {
  faultLatency: option({
    flag: "fault-latency",
    env: "FAULT_LATENCY",
    value: duration(0, 3_600_000),
    default: 0,
    help: "how long every call waits before it is handled; health and reflection never",
  }),
  faultErrorRate: option({
    flag: "fault-error-rate",
    env: "FAULT_ERROR_RATE",
    value: fraction,
    default: 0,
    help: "the share of calls that fail with UNAVAILABLE",
  }),
  faultsEndpoint: option({
    flag: "faults-endpoint",
    env: "FAULTS_ENDPOINT",
    value: toggle,
    default: false,
    help: "whether POST /faults may change both while the server runs; for development",
  }),
};

/** How a client connects and insists. */
export const connectionOptions = {
  tls: option({
    flag: "tls",
    env: "CLIENT_TLS",
    value: toggle,
    default: false,
    help: "encrypt; also on with any of the flags for certificates",
  }),
  tlsCa: option({
    flag: "tls-ca",
    env: "CLIENT_TLS_CA",
    value: optional(path),
    default: undefined,
    defaultText: "those that Deno trusts",
    help: "the authorities of servers in PEM",
  }),
  tlsCert: option({
    flag: "tls-cert",
    env: "CLIENT_TLS_CERT",
    value: optional(path),
    default: undefined,
    help: "the client's certificate in PEM",
  }),
  tlsKey: option({
    flag: "tls-key",
    env: "CLIENT_TLS_KEY",
    value: optional(path),
    default: undefined,
    help: "its private key in PEM",
  }),
  tlsServerName: option({
    flag: "tls-server-name",
    env: "CLIENT_TLS_SERVER_NAME",
    value: optional(text),
    default: undefined,
    defaultText: "the host that is called",
    help: "the name to expect in the server's certificate",
  }),
  roundRobin: option({
    flag: "round-robin",
    env: "CLIENT_ROUND_ROBIN",
    value: toggle,
    default: false,
    help: "look the host up in DNS and spread calls over all its addresses",
  }),
  attempts: option({
    flag: "attempts",
    env: "CLIENT_ATTEMPTS",
    value: integer(1, 5),
    default: 1,
    help: "how often to try a call that is answered with UNAVAILABLE",
  }),
  waitForReady: option({
    flag: "wait-for-ready",
    env: "CLIENT_WAIT_FOR_READY",
    value: toggle,
    default: false,
    help: "wait for a connection, up to the deadline, instead of failing at once",
  }),
};
