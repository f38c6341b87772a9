import { assertEquals, assertThrows } from "@std/assert";
import { CounterCell, GaugeCell } from "./cells.ts";
import { NOOP_HISTOGRAM } from "./noop.ts";
import type { MetricKind } from "./recorder.ts";
import { generationalStorage, Recency } from "./recency.ts";
import { Registry } from "./registry.ts";

function setUp(kinds?: readonly MetricKind[]) {
  let now = 0;
  const registry = new Registry(generationalStorage({
    counter: () => new CounterCell(),
    gauge: () => new GaugeCell(),
    histogram: () => NOOP_HISTOGRAM,
  }));
  const recency = new Recency({ idleTimeout: 1000, clock: () => now, ...(kinds && { kinds }) });
  return {
    registry,
    /** Sweeps after `milliseconds`, and returns the names of what is left. */
    sweepAfter(milliseconds: number): string[] {
      now += milliseconds;
      for (const _ of recency.sweepSteps(registry)) { /* without a pause */ }
      const names: string[] = [];
      registry.visit(({ kind, key }) => names.push(`${kind} ${key.name}`));
      return names;
    },
  };
}

Deno.test("Recency removes a series that was not touched for longer than the timeout", () => {
  const { registry, sweepAfter } = setUp();
  const busy = registry.counter("busy", {});
  registry.counter("idle", {}).increment();
  assertEquals(sweepAfter(5000), ["counter busy", "counter idle"]);
  busy.increment();
  assertEquals(sweepAfter(1000), ["counter busy", "counter idle"]);
  busy.increment();
  assertEquals(sweepAfter(1), ["counter busy"]);
  assertEquals(sweepAfter(1001), []);
});

Deno.test("Recency takes every touch for activity, even one that changes nothing", () => {
  const { registry, sweepAfter } = setUp();
  const counter = registry.counter("c", {});
  const gauge = registry.gauge("g", {});
  const histogram = registry.histogram("h", {});
  const touches = [
    () => (counter.increment(0), gauge.set(0), histogram.record(NaN)),
    () => (counter.absolute(0), gauge.increment(0), histogram.recordMany(1, 0)),
    () => (counter.increment(-1), gauge.decrement(0), histogram.record(0)),
  ];
  sweepAfter(0);
  for (const touch of touches) {
    touch();
    assertEquals(sweepAfter(1001), ["counter c", "gauge g", "histogram h"]);
  }
  assertEquals(sweepAfter(1001), []);
});

Deno.test("Recency leaves kinds alone that it was not given", () => {
  const { registry, sweepAfter } = setUp(["gauge"]);
  registry.counter("c", {});
  registry.gauge("g", {});
  registry.histogram("h", {});
  sweepAfter(0);
  assertEquals(sweepAfter(1001), ["counter c", "histogram h"]);
});

Deno.test("Recency starts anew with a series that comes back", () => {
  const { registry, sweepAfter } = setUp();
  registry.gauge("g", { a: "1" }).set(5);
  sweepAfter(0);
  sweepAfter(1001);
  registry.gauge("g", { a: "1" });
  assertEquals(sweepAfter(1001), ["gauge g"]);
  assertEquals(registry.gauge("g", { a: "1" }).inner.value, 0);
  assertEquals(sweepAfter(1000), ["gauge g"]);
  assertEquals(sweepAfter(1), []);
});

Deno.test("Recency refuses a timeout that is not above 0", () => {
  assertThrows(() => new Recency({ idleTimeout: 0 }), RangeError, "current value is 0");
  assertThrows(() => new Recency({ idleTimeout: NaN }), RangeError, "above 0 ms");
});
