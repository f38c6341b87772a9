import { assertEquals } from "@std/assert";
import { Tally } from "./tally.ts";

Deno.test("Tally tells calls, errors and latencies in one line", () => {
  const tally = new Tally();
  assertEquals(tally.statusLine(), "calls 0  errors 0  p50 –  p99 –");
  for (let i = 0; i < 99; i++) tally.add("OK", 0.001);
  tally.add("UNAVAILABLE", 0.5);
  assertEquals(tally.statusLine(), "calls 100  errors 1  p50 1 ms  p99 1 ms");
  assertEquals([tally.total, tally.failed], [100, 1]);
});

Deno.test("Tally sums a run up: ends by status, OK first, and the quantiles", () => {
  const tally = new Tally();
  tally.add("UNAVAILABLE", 0.2);
  tally.add("DEADLINE_EXCEEDED", 5);
  tally.add("OK", 0.001);
  tally.add("OK", 0.001);
  assertEquals(
    tally.summary(60),
    "4 calls in 1 min: 2 OK, 1 DEADLINE_EXCEEDED, 1 UNAVAILABLE\nlatency  p50 1 ms  p90 200 ms  p99 200 ms  max 5 s",
  );
});

Deno.test("Tally sums up a run without a call", () => {
  assertEquals(new Tally().summary(0.5), "0 calls in 500 ms");
});
