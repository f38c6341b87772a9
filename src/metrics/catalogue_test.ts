import { assertEquals, assertMatch } from "@std/assert";
import { CATALOGUE, catalogued, type CatalogueEntry, describeAll } from "./catalogue.ts";
import { withRecorder } from "./facade.ts";
import { NOOP_RECORDER } from "./noop.ts";

const entries: readonly CatalogueEntry[] = CATALOGUE;

Deno.test("CATALOGUE has each name once", () => {
  const names = entries.map(({ name }) => name);
  assertEquals(names, [...new Set(names)]);
});

Deno.test("CATALOGUE has names that every exporter shows as they are", () => {
  for (const { name, labels } of entries) {
    assertMatch(name, /^[a-zA-Z_][a-zA-Z0-9_]*$/);
    for (const label of labels) assertMatch(label, /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/);
    assertEquals(labels, [...new Set(labels)]);
  }
});

Deno.test("CATALOGUE explains each metric in a sentence", () => {
  for (const { help } of entries) assertMatch(help, /^[A-Z].*\.$/);
});

Deno.test("CATALOGUE keeps the metrics of the original example", () => {
  const original = entries.filter(({ name }) => name.startsWith("foo_"))
    .map(({ name, kind, unit, labels }) => [name, kind, unit, labels.join()]);
  assertEquals(original, [
    ["foo_histgram", "histogram", "seconds", "api,result"],
    ["foo_counter", "counter", "count", ""],
    ["foo_gauge", "gauge", "count", ""],
  ]);
});

Deno.test("describeAll() describes each entry by its kind, with unit and help", () => {
  const described: unknown[] = [];
  const recorder = {
    ...NOOP_RECORDER,
    describeCounter: (...description: unknown[]) => described.push(["counter", ...description]),
    describeGauge: (...description: unknown[]) => described.push(["gauge", ...description]),
    describeHistogram: (...description: unknown[]) => described.push(["histogram", ...description]),
  };
  withRecorder(recorder, () => describeAll());
  assertEquals(described, entries.map(({ kind, name, unit, help }) => [kind, name, unit, help]));
});

Deno.test("catalogued takes what is in the catalogue and refuses the rest at compile time", () => {
  catalogued.counter("foo_counter").increment();
  catalogued.gauge("foo_gauge").increment(10);
  catalogued.histogram("foo_histgram", { api: "echo", result: "ok" }).record(0.001);
  // @ts-expect-error no such metric
  catalogued.counter("foo_count");
  // @ts-expect-error another kind
  catalogued.gauge("foo_counter");
  // @ts-expect-error the labels are missing
  catalogued.histogram("foo_histgram");
  // @ts-expect-error one label is missing
  catalogued.histogram("foo_histgram", { api: "echo" });
  // @ts-expect-error one label too many
  catalogued.histogram("foo_histgram", { api: "echo", result: "ok", user: "1" });
  // @ts-expect-error a metric without labels
  catalogued.counter("foo_counter", { api: "echo" });
});
