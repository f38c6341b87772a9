import { assert, assertEquals } from "@std/assert";
import { ExposedLabels } from "./labels.ts";

const globalLabels = {};

Deno.test("ExposedLabels are written in the order given, escaped", () => {
  const labels = new ExposedLabels({ z: 'va"l\\ue\nx', a: "日本" }, { globalLabels });
  assertEquals(labels.braces, '{z="va\\"l\\\\ue\\nx",a="日本"} ');
  assertEquals(labels.open, '{z="va\\"l\\\\ue\\nx",a="日本",');
  assertEquals(labels.shape, "");
});

Deno.test("ExposedLabels are a space where there are none", () => {
  const labels = new ExposedLabels({}, { globalLabels });
  assertEquals([labels.braces, labels.open], [" ", "{"]);
});

Deno.test("ExposedLabels put global labels first, where an own label wins", () => {
  const context = { globalLabels: { host: "h1", api: "global" } };
  const labels = new ExposedLabels({ api: "echo", result: "ok" }, context);
  assertEquals(labels.braces, '{host="h1",api="echo",result="ok"} ');
});

Deno.test("ExposedLabels rename what clashes with another label or with the format", () => {
  const labels = new ExposedLabels({ "a.b": "1", a_b: "2", le: "3" }, {
    globalLabels,
    reserved: "le",
  });
  assertEquals(labels.braces, '{a_b="1",exported_a_b="2",exported_le="3"} ');
});

Deno.test("ExposedLabels have one identity where Prometheus sees one series", () => {
  const identity = (labels: Record<string, string>) =>
    new ExposedLabels(labels, { globalLabels }).identity;
  assertEquals(identity({ "a.b": "1", c: "2" }), identity({ c: "2", a_b: "1" }));
  assertEquals(identity({ a: "" }), identity({}));
  assert(identity({ a: "1" }) !== identity({ a: "2" }));
});

Deno.test("ExposedLabels are well-formed Unicode", () => {
  assertEquals(new ExposedLabels({ a: "\ud800" }, { globalLabels }).braces, '{a="\ufffd"} ');
});
