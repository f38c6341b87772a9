import { assertEquals } from "@std/assert";
import { Annotations } from "./annotations.ts";

const PLACE = { from: 4, to: 6 };

Deno.test("Annotations.warn() and info() say the same thing at the same place once", () => {
  const annotations = new Annotations("sum(up)");
  for (let i = 0; i < 2; i++) {
    annotations.warn("doubtful", PLACE);
    annotations.info("strange", PLACE);
  }
  annotations.warn("doubtful", { from: 0, to: 7 });
  assertEquals(annotations.warnings, [
    "PromQL warning: doubtful (1:5)",
    "PromQL warning: doubtful (1:1)",
  ]);
  assertEquals(annotations.infos, ["PromQL info: strange (1:5)"]);
});

Deno.test("Annotations.warnCounted() tells how often a thing was said", () => {
  const annotations = new Annotations("sum(up)");
  annotations.warnCounted("odd", PLACE);
  assertEquals(annotations.warnings, ["PromQL warning: odd (1:5)"]);
  annotations.warnCounted("odd", PLACE);
  assertEquals(annotations.warnings, ["PromQL warning: odd (2 occurrences) (1:5)"]);
});
