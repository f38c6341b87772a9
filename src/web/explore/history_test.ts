import { assertEquals } from "@std/assert";
import { historyOf, remember } from "./history.ts";

function keeper(kept: string | null = null): Parameters<typeof remember>[0] {
  return {
    getItem: () => kept,
    setItem: (_, value) => {
      kept = value;
    },
  };
}

Deno.test("remember() keeps the latest queries first, each once", () => {
  const kept = keeper();
  remember(kept, ["a"]);
  remember(kept, ["b", "c"]);
  remember(kept, ["a"]);
  assertEquals(historyOf(kept), ["a", "b", "c"]);
  remember(kept, Array.from({ length: 80 }, (_, at) => String(at)));
  assertEquals(historyOf(kept).length, 50);
});

Deno.test("historyOf() is empty where nothing readable is kept", () => {
  for (const text of [null, "{", "3", "[1]"]) assertEquals(historyOf(keeper(text)), []);
});
