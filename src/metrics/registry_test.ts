import { assert, assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { CounterCell, GaugeCell } from "./cells.ts";
import type { Labels, MetricKind } from "./recorder.ts";
import { type MetricStorage, Registry } from "./registry.ts";

class Samples {
  readonly samples: number[] = [];
}

const storage: MetricStorage<CounterCell, GaugeCell, Samples> = {
  counter: () => new CounterCell(),
  gauge: () => new GaugeCell(),
  histogram: () => new Samples(),
};

function namesOf(registry: Registry<CounterCell, GaugeCell, Samples>): string[] {
  const names: string[] = [];
  registry.visit(({ kind, key }) =>
    names.push(`${kind} ${key.name} ${JSON.stringify(key.labels)}`)
  );
  return names;
}

Deno.test("Registry keeps one cell for the same labels in any order", () => {
  const registry = new Registry(storage);
  const cell = registry.counter("calls", { api: "echo", result: "ok" });
  assertStrictEquals(registry.counter("calls", { result: "ok", api: "echo" }), cell);
  assertStrictEquals(registry.counter("calls", { result: "ok", api: "echo" }), cell);
  assertEquals(namesOf(registry), [`counter calls {"api":"echo","result":"ok"}`]);
  assertNotStrictEquals(registry.counter("calls", { result: "echo", api: "ok" }), cell);
});

Deno.test("Registry tells every order of five labels to the same cell, however many are cached", () => {
  const registry = new Registry(storage, { maxSeries: 3 });
  const cell = registry.gauge("g", { a: "1", b: "2", c: "3", d: "4", e: "5" });
  for (let round = 0; round < 2; round++) {
    for (const names of permutations(["a", "b", "c", "d", "e"])) {
      const labels = Object.fromEntries(
        names.map((name) => [name, String("abcde".indexOf(name) + 1)]),
      );
      assertStrictEquals(registry.gauge("g", labels), cell);
    }
  }
  assertEquals(registry.size, 1);
});

Deno.test("Registry keeps kinds of the same name apart", () => {
  const registry = new Registry(storage);
  registry.counter("x", {}).increment();
  registry.gauge("x", {}).set(5);
  registry.histogram("x", {}).samples.push(1);
  assertEquals(registry.size, 3);
  assertEquals(registry.counter("x", {}).value, 1);
  assertEquals(registry.gauge("x", {}).value, 5);
});

Deno.test("Registry keeps distinct label sets apart, whatever they hold", () => {
  const registry = new Registry(storage);
  const sets: Labels[] = [
    {},
    { "": "" },
    { a: "" },
    { "": "a" },
    { a: "b" },
    { a: 'b","c' },
    { a: "b", c: "" },
    { a: "b,c=d" },
    { a: "b", c: "d" },
    { a: "b", d: "c" },
    { "a=b,c": "d" },
    { a: "b\0c" },
    { "a\0b": "c" },
    { ["__proto__"]: "a" },
    { ["__proto__"]: "b" },
    { constructor: "a" },
    { toString: "a", hasOwnProperty: "b" },
    { 日本: "🚀" },
    { a: "\ud800" },
    { a: "\ud801" },
    { a: "\\ud800" },
    { a: "é" },
    { a: "e\u0301" },
  ];
  const names = ["x", "", "__proto__", "constructor", "日本"];
  const cells = names.flatMap((name) => sets.map((labels) => registry.counter(name, labels)));
  assertEquals(new Set(cells).size, names.length * sets.length);
  assertEquals(
    names.flatMap((name) => sets.map((labels) => registry.counter(name, labels))),
    cells,
  );
});

Deno.test("Registry takes values of untyped callers as they print", () => {
  const registry = new Registry(storage);
  const untyped = { a: undefined, b: 5, c: null } as unknown as Labels;
  const cell = registry.counter("x", untyped);
  assertStrictEquals(registry.counter("x", untyped), cell);
  assertStrictEquals(registry.counter("x", { a: "undefined", b: "5", c: "null" }), cell);
  assertEquals(namesOf(registry), [`counter x {"a":"undefined","b":"5","c":"null"}`]);
});

Deno.test("Registry finds labels of objects without a prototype", () => {
  const registry = new Registry(storage);
  const bare: Labels = Object.assign(Object.create(null), { a: "b" });
  assertStrictEquals(registry.counter("x", bare), registry.counter("x", { a: "b" }));
});

Deno.test("Registry takes own labels only, not those of a prototype", () => {
  const registry = new Registry(storage);
  const inheriting: Labels = Object.assign(Object.create({ b: "2" }), { a: "1" });
  const both = registry.counter("x", { a: "1", b: "2" });
  const own = registry.counter("x", { a: "1" });
  assertNotStrictEquals(own, both);
  assertStrictEquals(registry.counter("x", inheriting), own);
  assertStrictEquals(registry.counter("x", inheriting), own);
});

Deno.test("Registry takes labels as they are at the look-up", () => {
  const registry = new Registry(storage);
  const labels = { a: "1" };
  const first = registry.counter("x", labels);
  labels.a = "2";
  assertNotStrictEquals(registry.counter("x", labels), first);
  assertEquals(namesOf(registry), [`counter x {"a":"1"}`, `counter x {"a":"2"}`]);
});

Deno.test("Registry.visit goes in the order of registration, across kinds and names", () => {
  const registry = new Registry(storage);
  registry.gauge("b", {});
  registry.counter("a", { z: "1" });
  registry.gauge("b", { x: "1" });
  registry.counter("a", { y: "1" });
  registry.counter("a", { z: "1" });
  assertEquals(namesOf(registry), [
    "gauge b {}",
    `counter a {"z":"1"}`,
    `gauge b {"x":"1"}`,
    `counter a {"y":"1"}`,
  ]);
});

Deno.test("Registry.counters groups series by name", () => {
  const registry = new Registry(storage);
  registry.counter("b", { x: "1" });
  registry.counter("a", {});
  registry.counter("b", { x: "2" });
  const groups = [...registry.counters()].map(([name, series]) => [name, series.length]);
  assertEquals(groups, [["b", 2], ["a", 1]]);
  assertEquals([...registry.gauges()], []);
  assertEquals([...registry.histograms()], []);
});

Deno.test("Registry.delete removes one series, in any order of labels, and makes it anew later", () => {
  const registry = new Registry(storage);
  const old = registry.counter("x", { a: "1", b: "2" });
  const other = registry.counter("x", { a: "1", b: "3" });
  assert(registry.delete("counter", "x", { b: "2", a: "1" }));
  assertEquals(registry.delete("counter", "x", { b: "2", a: "1" }), false);
  assertEquals(registry.delete("gauge", "x", { b: "3", a: "1" }), false);
  old.increment();
  assertEquals(registry.size, 1);
  assertStrictEquals(registry.counter("x", { a: "1", b: "3" }), other);
  assertEquals(registry.counter("x", { a: "1", b: "2" }).value, 0);
});

Deno.test("Registry.retain removes what is not kept, of every kind", () => {
  const registry = new Registry(storage);
  for (const name of ["keep", "drop"]) {
    registry.counter(name, {});
    registry.gauge(name, {});
    registry.histogram(name, {});
  }
  const seen: MetricKind[] = [];
  const removed = registry.retain((series) => {
    seen.push(series.kind);
    return series.key.name === "keep";
  });
  assertEquals(removed, 3);
  assertEquals(seen.length, 6);
  assertEquals(namesOf(registry), ["counter keep {}", "gauge keep {}", "histogram keep {}"]);
});

Deno.test("Registry.retainSteps pauses, and looks at what was registered meanwhile", () => {
  const registry = new Registry(storage, { maxSeries: Infinity });
  for (let i = 0; i < 1000; i++) registry.counter(`x${i % 2}`, { i: `${i}` });
  const steps = registry.retainSteps(({ key }) => key.name === "x0");
  steps.next();
  const removed = 1000 - registry.size;
  assert(removed > 0 && removed < 500, `${removed} were removed before the first pause`);
  registry.counter("x1", { i: "1" }).increment();
  registry.delete("counter", "x1", { i: "999" });
  let step = steps.next();
  while (!step.done) step = steps.next();
  assertEquals([step.value, registry.size], [500, 500]);
});

Deno.test("Registry.clear removes everything", () => {
  const registry = new Registry(storage);
  const old = registry.counter("x", { a: "1" });
  registry.gauge("y", {});
  registry.clear();
  assertEquals(registry.size, 0);
  assertEquals([...registry.counters()], []);
  assertNotStrictEquals(registry.counter("x", { a: "1" }), old);
});

function permutations(items: readonly string[]): string[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest])
  );
}
