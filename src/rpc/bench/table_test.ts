import { assertEquals } from "@std/assert";
import { median, table } from "./table.ts";

Deno.test("median() is the middle value, of an even number the upper", () => {
  assertEquals([median([3, 1, 2]), median([4, 1, 2, 3]), median([])], [2, 3, NaN]);
});

Deno.test("table() compares the first server with the others", () => {
  const measure = { name: "calls/s", asked: "≥ 3×", run: () => Promise.resolve(0) };
  const results = new Map([[measure, new Map([["ours", [100, 300, 200]], ["theirs", [50]]])]]);
  assertEquals(table(results, ["ours", "theirs"]).split("\n"), [
    "         ours  theirs  ours/theirs  asked",
    "calls/s   200    50.0        4.00×   ≥ 3×",
  ]);
});
