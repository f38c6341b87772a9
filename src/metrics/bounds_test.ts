import { assertEquals, assertNotStrictEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { countOverflow, cutLabels, type Overflow, OVERFLOW_LABELS } from "./bounds.ts";
import { CounterCell, GaugeCell } from "./cells.ts";
import { NOOP_HISTOGRAM, NOOP_RECORDER } from "./noop.ts";
import type { Histogram, Recorder } from "./recorder.ts";
import { Registry } from "./registry.ts";

const storage = {
  counter: () => new CounterCell(),
  gauge: () => new GaugeCell(),
  histogram: () => NOOP_HISTOGRAM,
};

Deno.test("Bounds.maxSeries sends new label sets to one overflow series and says so each time", () => {
  const overflows: Overflow[] = [];
  const registry = new Registry(storage, { maxSeries: 2, onOverflow: (o) => overflows.push(o) });
  const kept = registry.counter("x", { user: "1" });
  registry.counter("x", { user: "2" });
  for (let user = 3; user < 100; user++) registry.counter("x", { user: String(user) }).increment();
  assertStrictEquals(registry.counter("x", { user: "1" }), kept);
  assertEquals(registry.counter("x", OVERFLOW_LABELS).value, 97);
  assertEquals(registry.size, 3);
  assertEquals(overflows.length, 97);
  assertEquals(overflows[0], { kind: "counter", name: "x", reason: "series" });
});

Deno.test("Bounds.maxSeries counts each name and each kind apart", () => {
  const registry = new Registry(storage, { maxSeries: 1 });
  registry.counter("x", { a: "1" });
  registry.counter("y", { a: "1" });
  registry.gauge("x", { a: "1" });
  assertEquals(registry.size, 3);
});

Deno.test("Bounds.maxSeries makes room again when a series is deleted", () => {
  const registry = new Registry(storage, { maxSeries: 1 });
  registry.gauge("x", { a: "1" });
  const overflow = registry.gauge("x", { a: "2" });
  registry.delete("gauge", "x", { a: "1" });
  assertNotStrictEquals(registry.gauge("x", { a: "2" }), overflow);
  assertStrictEquals(registry.gauge("x", { a: "3" }), overflow);
});

Deno.test("Bounds.maxLabelLength cuts long values, which then share a series", () => {
  const overflows: Overflow[] = [];
  const registry = new Registry(storage, {
    maxLabelLength: 4,
    onOverflow: (o) => overflows.push(o),
  });
  const cell = registry.counter("x", { a: "abcde", b: "abcd" });
  assertStrictEquals(registry.counter("x", { b: "abcd", a: "abcfg" }), cell);
  assertEquals([...registry.counters()][0]?.[1][0]?.key.labels, { a: "abc…", b: "abcd" });
  assertEquals(overflows.map((o) => o.reason), ["label_length", "label_length"]);
  assertEquals(registry.delete("counter", "x", { a: "abcde", b: "abcd" }), true);
});

Deno.test("cutLabels never cuts a character in two", () => {
  assertEquals(cutLabels({ a: "12🚀45" }, 4), { a: "12…" });
  assertEquals(cutLabels({ a: "\ud800🚀45" }, 4), { a: "\ud800🚀…" });
  assertEquals(cutLabels({ a: "12🚀45" }, 5), { a: "12🚀…" });
});

Deno.test("Bounds refuses limits that are no whole number from 1", () => {
  assertThrows(() => new Registry(storage, { maxSeries: 0 }), RangeError, "'maxSeries'");
  assertThrows(() => new Registry(storage, { maxLabelLength: NaN }), RangeError, "value is NaN");
  new Registry(storage, { maxSeries: Infinity, maxLabelLength: Infinity });
});

Deno.test("countOverflow() counts by metric, and not its own counter, even under a prefix", () => {
  const registry: Registry<CounterCell, GaugeCell, Histogram> = new Registry(storage, {
    maxSeries: 1,
    onOverflow: countOverflow(() => recorder),
  });
  const recorder: Recorder = {
    ...NOOP_RECORDER,
    registerCounter: (name, labels) => registry.counter(`app_${name}`, labels),
  };
  for (const name of ["x", "y", "z"]) {
    registry.gauge(name, { a: "1" });
    registry.gauge(name, { a: "2" });
  }
  const counts = [...registry.counters()].map(([name, series]) => [
    name,
    series.map(({ key, cell }) => [key.labels, cell.value]),
  ]);
  assertEquals(counts, [[
    "app_metrics_overflow_total",
    [[{ metric: "x" }, 1], [OVERFLOW_LABELS, 2]],
  ]]);
});
