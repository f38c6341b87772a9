/**
 * The calls behind the recorded expositions of the metrics family in Rust.
 *
 * @module
 */
import {
  counter,
  describeCounter,
  describeGauge,
  describeHistogram,
  gauge,
  histogram,
} from "../../metrics/mod.ts";
import { currentSpan, withSpan } from "../../metrics/context.ts";

/** Describes some of what {@linkcode emit} records. */
export function describe(): void {
  describeHistogram(
    "foo_histgram",
    "seconds",
    'latency of the "echo" API\nsecond line \\ backslash',
  );
  describeCounter("foo_counter", "count", "just a counter");
  describeGauge("foo_gauge", "just a gauge");
  describeGauge("mem", "bytes", "memory");
  describeGauge("load", "percent", "load");
  describeCounter("sent", "bytes", "bytes sent");
}

/** Records into the current recorder. */
export function emit(): void {
  for (const value of [0.001, 0.002, 0.003, 0.25]) {
    histogram("foo_histgram", { api: "echo", result: "ok" }).record(value);
  }
  histogram("foo_histgram", { result: "ok", api: "echo" }).record(0.5);
  counter("foo_counter").increment(1);
  counter("foo_counter").increment(0);
  counter("abs").absolute(42);
  counter("abs").absolute(40);
  gauge("foo_gauge").increment(10);
  gauge("foo_gauge").decrement(2.5);
  gauge("mem", { kind: "heap" }).set(1048576);
  gauge("load").set(0);
  counter("sent").increment(12345678901234n);
  const [name, labels]: [string, Record<string, string>] = [
    "weird.name-1",
    { "1bad-key": 'va"l\\ue\nx', "__dunder": "日本" },
  ];
  gauge(name, labels).set(NaN);
  gauge("inf").set(Infinity);
  gauge("tiny").set(1e-10);
  gauge("huge").set(1e22);
}

/** Records in spans. `1.0` and `Some(1)` are texts here, since only Rust writes values that way. */
export function emitInSpans(): void {
  const outerFields = { user: "ferris", shared: "outer", n: 7, f: "1.0", ok: true, late: null };
  withSpan("outer", outerFields, () => {
    const outer = currentSpan();
    counter("c", { service: "login", user: "explicit" }).increment(1);
    const held = counter("held");
    withSpan("inner", { shared: "inner", dbg: "Some(1)" }, () => {
      held.increment(1);
      counter("in").increment(1);
      outer?.record("late", "v");
      counter("in_after_parent_record").increment(1);
      currentSpan()?.record("shared", "re-recorded");
      counter("in_after_own_record").increment(1);
    });
  });
}
