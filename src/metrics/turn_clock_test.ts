import { assertEquals, assertGreater } from "@std/assert";
import { turnNow } from "./turn_clock.ts";

Deno.test("turnNow() stands still within a turn and goes on with the next", async () => {
  const first = turnNow();
  while (Date.now() < first + 3);
  assertEquals(turnNow(), first);
  await Promise.resolve();
  assertGreater(turnNow(), first);
});
