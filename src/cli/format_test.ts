import { assertEquals } from "@std/assert";
import { formatSeconds, plural, progressBar } from "./format.ts";

Deno.test("formatSeconds() keeps three digits and takes the unit that fits", () => {
  assertEquals(
    [0, 0.0000012, 0.000421, 0.00123456, 0.9994, 0.9999, 5, 59.96, 90].map(formatSeconds),
    ["0 µs", "1.2 µs", "421 µs", "1.23 ms", "999 ms", "1 s", "5 s", "1 min", "1.5 min"],
  );
});

Deno.test("plural() counts", () => {
  assertEquals([0, 1, 2].map((n) => plural(n, "call")), ["0 calls", "1 call", "2 calls"]);
});

Deno.test("progressBar() is full at the end and never overflows", () => {
  assertEquals([0, 0.5, 1, 7].map((part) => progressBar(part, 4)), [
    "░░░░",
    "██░░",
    "████",
    "████",
  ]);
});
