import { assertEquals } from "@std/assert";
import { KeySequence, SHORTCUTS } from "./shortcuts.ts";

function actions(...keys: [key: string, at: number][]) {
  const sequence = new KeySequence();
  return keys.map(([key, at]) => sequence.press(key, at));
}

Deno.test("KeySequence knows one key and two in a row", () => {
  assertEquals(actions(["?", 0], ["t", 10], ["z", 20]), ["help", undefined, "zoom out"]);
  assertEquals(actions(["d", 0], ["E", 10]), [undefined, "expand rows"]);
});

Deno.test("KeySequence forgets a first key after a second", () => {
  assertEquals(actions(["t", 2000], ["z", 3500]), [undefined, undefined]);
});

Deno.test("KeySequence starts anew with a key that does not go on", () => {
  assertEquals(actions(["g", 0], ["t", 10], ["z", 20]), [undefined, undefined, "zoom out"]);
  assertEquals(actions(["g", 0], ["v", 10]), [undefined, "panel view"]);
  assertEquals(actions(["x", 0], ["v", 10]), [undefined, "panel view"]);
});

Deno.test("SHORTCUTS has no keys that another one begins with", () => {
  const all = SHORTCUTS.map(({ keys }) => keys.join(" "));
  const clashes = all.filter((one) => all.some((other) => other.startsWith(`${one} `)));
  assertEquals(clashes, []);
  assertEquals(new Set(all).size, all.length);
});
