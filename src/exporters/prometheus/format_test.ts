import { assertEquals } from "@std/assert";
import { formatHelp, formatTime, formatValue } from "./format.ts";

Deno.test("formatValue() writes what both formats read back as the same number", () => {
  for (
    const [value, text] of [
      [0.1 + 0.2, "0.30000000000000004"],
      [1e22, "1e+22"],
      [1e-10, "1e-10"],
      [2n ** 64n - 1n, "18446744073709551615"],
      [Infinity, "+Inf"],
      [-Infinity, "-Inf"],
      [NaN, "NaN"],
    ] as const
  ) assertEquals(formatValue(value), text);
});

Deno.test("formatTime() writes seconds", () => {
  assertEquals(formatTime(1_520_879_607_789), "1520879607.789");
});

Deno.test("formatHelp() keeps a help on one line, and escapes quotes for OpenMetrics", () => {
  assertEquals(formatHelp('a "b"\\\nc', "text"), 'a "b"\\\\\\nc');
  assertEquals(formatHelp('a "b"\\\nc', "openmetrics"), 'a \\"b\\"\\\\\\nc');
});
