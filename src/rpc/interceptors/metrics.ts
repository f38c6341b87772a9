/**
 * Counts and times calls, under the names that gRPC's other languages use: `grpc_server_started_total`,
 * `grpc_server_handled_total`, `grpc_server_handling_seconds` and so on, and `grpc_client_…` likewise.
 *
 * ```ts
 * const methods = Object.values(service.methods);
 * await serveRpc({ …, interceptors: [rpcMetrics(methods)] });
 * connectRpc(service, { …, interceptors: [rpcMetrics(methods, { side: "client" })] });
 * ```
 *
 * @module
 */
import { catalogued, type Counter, type Histogram } from "../../metrics/mod.ts";
import { isTracing } from "../../metrics/context.ts";
import type { Call, CallReporter, Interceptor } from "../interceptor.ts";
import type { MethodInfo } from "../method.ts";
import { UNKNOWN_METHOD } from "../server_call.ts";
import { Status, type StatusName } from "../status.ts";
import { CALL_OUTCOMES, outcomeOf } from "./metrics_outcome.ts";
import { runInSpanOf } from "./tracing_fields.ts";

/** Options of {@linkcode rpcMetrics}. */
export interface RpcMetricsOptions {
  /** Which side of the calls is measured. Default `server`. */
  readonly side?: "server" | "client";
}

/**
 * Measures the calls of `methods`, and on a server those of paths that nobody serves, all as method
 * `unknown` of service `unknown`. Other calls are not measured.
 *
 * Every series is there from the start with zero, so that rates and alerts work from the first scrape:
 * 27 a method, which Prometheus sees as 107 (17 codes, three latencies of 19, two sizes of 14, five
 * others). Put it first among interceptors, so that it measures what the others refuse and do; only
 * `traceCalls()` comes before it, so that exemplars lead to traces.
 */
export function rpcMetrics(
  methods: Iterable<MethodInfo>,
  { side = "server" }: RpcMetricsOptions = {},
): Interceptor {
  const measured = side === "server" ? [...methods, UNKNOWN_METHOD] : [...methods];
  if (side === "server") measured.forEach(expectFailures);
  const reporters = new Map(measured.map((method) => [method.path, methodMetrics(method, side)]));
  return {
    started(call) {
      const reporter = reporters.get(call.method.path);
      reporter?.started();
      return reporter !== undefined && isTracing() ? withinSpan(call, reporter) : reporter;
    },
  };
}

/** Measures a call inside its span, so that the exemplar of a bucket leads to its trace. */
function withinSpan(call: Call, reporter: CallReporter): CallReporter {
  return {
    received: (bytes) => reporter.received?.(bytes),
    sent: (bytes) => reporter.sent?.(bytes),
    finished: (end) => runInSpanOf(call, () => reporter.finished?.(end, call)),
  };
}

/** Shows what `reportFailures` counts from the start, too. */
function expectFailures({ service, name }: MethodInfo): void {
  catalogued.counter("grpc_server_handler_failures_total", {
    "grpc_service": service,
    "grpc_method": name,
  });
}

/** What is measured of one method. It keeps nothing of a call, so one serves all. */
interface MethodMetrics extends CallReporter {
  started(): void;
}

/** Takes all handles now: a call then costs no look-up of a series. */
function methodMetrics(method: MethodInfo, side: "server" | "client"): MethodMetrics {
  const labels = {
    "grpc_type": method.kind,
    "grpc_service": method.service,
    "grpc_method": method.name,
  };
  const started = catalogued.counter(`grpc_${side}_started_total`, labels);
  const inFlight = catalogued.gauge(`grpc_${side}_in_flight`, labels);
  const received = catalogued.counter(`grpc_${side}_msg_received_total`, labels);
  const receivedBytes = catalogued.histogram(`grpc_${side}_msg_received_bytes`, labels);
  const sent = catalogued.counter(`grpc_${side}_msg_sent_total`, labels);
  const sentBytes = catalogued.histogram(`grpc_${side}_msg_sent_bytes`, labels);
  const ends = endsOf(labels, side);
  return {
    started() {
      started.increment();
      inFlight.increment();
    },
    received(bytes) {
      received.increment();
      receivedBytes.record(bytes);
    },
    sent(bytes) {
      sent.increment();
      sentBytes.record(bytes);
    },
    finished({ code, seconds }) {
      const end = ends[code];
      end.handled.increment();
      end.seconds.record(seconds);
      inFlight.decrement();
    },
  };
}

interface End {
  readonly handled: Counter;
  readonly seconds: Histogram;
}

interface MethodLabels {
  readonly "grpc_type": string;
  readonly "grpc_service": string;
  readonly "grpc_method": string;
}

function endsOf(labels: MethodLabels, side: "server" | "client"): Record<StatusName, End> {
  const seconds = Object.fromEntries(CALL_OUTCOMES.map((outcome) => [
    outcome,
    catalogued.histogram(`grpc_${side}_handling_seconds`, { ...labels, outcome }),
  ]));
  const ends = Object.keys(Status).map((name) => {
    const code = name as StatusName;
    const handled = catalogued.counter(`grpc_${side}_handled_total`, {
      ...labels,
      "grpc_code": code,
    });
    return [code, { handled, seconds: seconds[outcomeOf(code)] }];
  });
  return Object.fromEntries(ends);
}
