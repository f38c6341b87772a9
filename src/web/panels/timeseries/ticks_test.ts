import { assertEquals } from "@std/assert";
import { tickSteps, tickTexts } from "./ticks.ts";

Deno.test("tickTexts() has as many decimals as the ticks need", () => {
  assertEquals(tickTexts([0, 0.5, 1, 1.5], { unit: "reqps" }), [
    "0 req/s",
    "0.5 req/s",
    "1.0 req/s",
    "1.5 req/s",
  ]);
  assertEquals(tickTexts([0, 50, 100], { unit: "none" }), ["0", "50", "100"]);
});

Deno.test("tickTexts() counts decimals for each size of the unit", () => {
  assertEquals(tickTexts([0.5, 1, 1.5], { unit: "s" }), ["500 ms", "1.0 s", "1.5 s"]);
});

Deno.test("tickTexts() keeps the field's decimals, and does not map ticks", () => {
  const mappings = [{ type: "value", options: { "1": { text: "up" } } }] as const;
  assertEquals(tickTexts([0, 1], { decimals: 2, mappings }), ["0.00", "1.00"]);
});

Deno.test("tickTexts() of a logarithmic axis has only the decimals of each tick", () => {
  assertEquals(tickTexts([0.01, 1, 100], {}, false), ["0.01", "1", "100"]);
});

Deno.test("tickSteps() are round in the unit: minutes, powers of two", () => {
  assertEquals([60, 300, 3600].every((step) => tickSteps("s").includes(step)), true);
  assertEquals(tickSteps("s").includes(50), false);
  assertEquals(tickSteps("bytes").includes(1024 ** 2), true);
  assertEquals(tickSteps("short").includes(25), true);
});
