import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { labelsIdentity, seriesKey } from "./key.ts";

Deno.test("labelsIdentity() is the same in any order and different for other pairs", () => {
  assertEquals(labelsIdentity({ a: "1", b: "2" }), labelsIdentity({ b: "2", a: "1" }));
  assertNotEquals(labelsIdentity({ a: "1", b: "2" }), labelsIdentity({ a: "2", b: "1" }));
  assertNotEquals(labelsIdentity({ a: '1","b","2' }), labelsIdentity({ a: "1", b: "2" }));
  assertNotEquals(labelsIdentity({ a: "\ud800" }), labelsIdentity({ a: "\ufffd" }));
});

Deno.test("seriesKey() copies and freezes labels in their order, __proto__ included", () => {
  const labels = { b: "1", a: "2", ["__proto__"]: "3" };
  const key = seriesKey("x", labels);
  labels.b = "changed";
  assertEquals(Object.entries(key.labels), [["b", "1"], ["a", "2"], ["__proto__", "3"]]);
  assert(Object.isFrozen(key) && Object.isFrozen(key.labels));
});
