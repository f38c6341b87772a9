import { assertEquals } from "@std/assert";
import { exposedName, labelName, metricName } from "./names.ts";

Deno.test("metricName() puts an underscore for what Prometheus does not allow", () => {
  assertEquals(metricName("weird.name-1"), "weird_name_1");
  assertEquals(metricName("1st"), "_st");
  assertEquals(metricName("a:b_c9"), "a:b_c9");
  assertEquals(metricName("日本🚀"), "___");
  assertEquals(metricName(""), "_");
});

Deno.test("labelName() allows no colon, and leaves leading underscores alone", () => {
  assertEquals(labelName("1bad-key"), "_bad_key");
  assertEquals(labelName("a:b"), "a_b");
  assertEquals(labelName("__dunder"), "__dunder");
});

Deno.test("exposedName() adds the unit before an ending with a meaning, once", () => {
  const bytes = { kind: "gauge", unit: "bytes", naming: "unit-suffix" } as const;
  assertEquals(exposedName("mem", bytes), "mem_bytes");
  assertEquals(exposedName("mem_bytes", bytes), "mem_bytes");
  assertEquals(exposedName("sent_total", bytes), "sent_bytes_total");
  assertEquals(exposedName("sent_bytes_total", bytes), "sent_bytes_total");
  assertEquals(exposedName("sent_sum", bytes), "sent_bytes_sum");
  assertEquals(exposedName("mem", { ...bytes, naming: "as-is" }), "mem");
});

Deno.test("exposedName() takes a percentage for a ratio and gives a count no unit", () => {
  const gauge = { kind: "gauge", naming: "recommended" } as const;
  assertEquals(exposedName("load", { ...gauge, unit: "percent" }), "load_ratio");
  assertEquals(exposedName("jobs", { ...gauge, unit: "count" }), "jobs");
  assertEquals(exposedName("jobs", { ...gauge, unit: undefined }), "jobs");
});

Deno.test("exposedName() ends counters with _total where naming is recommended", () => {
  const counter = { kind: "counter", unit: "bytes" } as const;
  assertEquals(exposedName("sent", { ...counter, naming: "recommended" }), "sent_bytes_total");
  assertEquals(
    exposedName("sent_total", { ...counter, naming: "recommended" }),
    "sent_bytes_total",
  );
  assertEquals(exposedName("sent", { ...counter, naming: "unit-suffix" }), "sent_bytes");
});
