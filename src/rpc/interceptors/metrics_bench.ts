/**
 * What it costs to measure a call: a whole unary call's worth of reports, 100 at a time (divide by
 * 100), beside a look-up of each series. And what pre-registering a method costs once.
 */
import { BucketHistogram, LATENCY_BUCKETS } from "../../metrics/buckets.ts";
import { CounterCell, GaugeCell } from "../../metrics/cells.ts";
import { catalogued, type Recorder, withRecorder } from "../../metrics/mod.ts";
import { NOOP_RECORDER } from "../../metrics/noop.ts";
import { Registry } from "../../metrics/registry.ts";
import { type Call, Interceptors } from "../interceptor.ts";
import { Metadata } from "../metadata.ts";
import type { MethodInfo } from "../method.ts";
import { rpcMetrics } from "./metrics.ts";
import { outcomeOf } from "./metrics_outcome.ts";

const CALLS = 100;
const method: MethodInfo = {
  path: "/foo.Foo/echo",
  service: "foo.Foo",
  name: "echo",
  kind: "unary",
};
const call: Call = {
  side: "server",
  method,
  metadata: new Metadata(),
  peer: "127.0.0.1:1",
  deadline: undefined,
  signal: new AbortController().signal,
  end: () => {},
};

function registryRecorder(): Recorder {
  const registry = new Registry({
    counter: () => new CounterCell(),
    gauge: () => new GaugeCell(),
    histogram: () => new BucketHistogram(LATENCY_BUCKETS),
  });
  return {
    ...NOOP_RECORDER,
    registerCounter: (name, labels) => registry.counter(name, labels),
    registerGauge: (name, labels) => registry.gauge(name, labels),
    registerHistogram: (name, labels) => registry.histogram(name, labels),
  };
}

function report(interceptors: Interceptors): void {
  for (let i = 0; i < CALLS; i++) {
    const reporters = interceptors.started(call);
    reporters.received(20);
    reporters.sent(30);
    reporters.finished("OK", i / 1000);
  }
}

const recorder = registryRecorder();
const kept = new Interceptors([withRecorder(recorder, () => rpcMetrics([method]))]);
const lookedUp = new Interceptors([lookingUp()]);
const none = new Interceptors([]);

Deno.bench({ group: "a call", name: "rpcMetrics()", baseline: true, fn: () => report(kept) });
Deno.bench({ group: "a call", name: "no interceptor", fn: () => report(none) });
Deno.bench({
  group: "a call",
  name: "the same by look-up",
  fn: () => withRecorder(recorder, () => report(lookedUp)),
});

Deno.bench("rpcMetrics() of one method, all series made", () => {
  withRecorder(registryRecorder(), () => rpcMetrics([method]));
});

/** What `rpcMetrics` would be without handles that are kept. */
function lookingUp(): ConstructorParameters<typeof Interceptors>[0][number] {
  const labels = {
    "grpc_type": method.kind,
    "grpc_service": method.service,
    "grpc_method": method.name,
  };
  return {
    started() {
      catalogued.counter("grpc_server_started_total", { ...labels }).increment();
      catalogued.gauge("grpc_server_in_flight", { ...labels }).increment();
      return {
        received(bytes) {
          catalogued.counter("grpc_server_msg_received_total", { ...labels }).increment();
          catalogued.histogram("grpc_server_msg_received_bytes", { ...labels }).record(bytes);
        },
        sent(bytes) {
          catalogued.counter("grpc_server_msg_sent_total", { ...labels }).increment();
          catalogued.histogram("grpc_server_msg_sent_bytes", { ...labels }).record(bytes);
        },
        finished({ code, seconds }) {
          const outcome = outcomeOf(code);
          catalogued.counter("grpc_server_handled_total", { ...labels, "grpc_code": code })
            .increment();
          catalogued.histogram("grpc_server_handling_seconds", { ...labels, outcome })
            .record(seconds);
          catalogued.gauge("grpc_server_in_flight", { ...labels }).decrement();
        },
      };
    },
  };
}
