import { assertEquals } from "@std/assert";
import { toggled } from "./visibility.ts";

const NAMES = ["a", "b", "c"];

Deno.test("toggled() shows one series alone, and all again when it is alone", () => {
  const alone = toggled(new Set(), NAMES, "b", false);
  assertEquals([...alone], ["a", "c"]);
  assertEquals([...toggled(alone, NAMES, "b", false)], []);
  assertEquals([...toggled(alone, NAMES, "c", false)], ["a", "b"]);
});

Deno.test("toggled() with a modifier changes only that series", () => {
  const hidden = toggled(new Set(["a"]), NAMES, "b", true);
  assertEquals([...hidden], ["a", "b"]);
  assertEquals([...toggled(hidden, NAMES, "a", true)], ["b"]);
});
