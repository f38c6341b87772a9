import { assertEquals, assertThrows } from "@std/assert";
import { Tally } from "../cli/tally.ts";
import { assertNoneLost, readCount } from "./load.ts";

function printed(failures: number): string {
  const tally = new Tally();
  for (let i = 0; i < 1200; i++) tally.add(i < failures ? "UNAVAILABLE" : "OK", 0.001);
  const errors = "UNAVAILABLE: no connection\n".repeat(failures);
  return `Hello Echoscope!\n${errors}${tally.summary(61)}\n`;
}

Deno.test("readCount() reads what the client prints at its end", () => {
  const { calls, ok, errors } = readCount(printed(2));
  assertEquals([calls, ok, errors], [1200, 1198, ["UNAVAILABLE: no connection"]]);
  assertEquals(readCount(printed(0)).ok, 1200);
  assertThrows(() => readCount("Hello Echoscope!\n"), Error, "did not tell");
});

Deno.test("assertNoneLost() tells how many were lost and why", () => {
  assertNoneLost(readCount(printed(0)));
  assertThrows(() => assertNoneLost(readCount(printed(2))), Error, "2 calls were lost");
  assertThrows(() => assertNoneLost({ calls: 0, ok: 0, text: "", errors: [] }), Error, "no call");
});
