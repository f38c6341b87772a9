import { assertEquals } from "@std/assert";
import { formatValue, valueText } from "./value.ts";

const STEPS = [
  { color: "green", value: null },
  { color: "orange", value: 10 },
  { color: "red", value: 20 },
];

Deno.test("formatValue() colours by the threshold that is reached", () => {
  const field = { thresholds: { mode: "absolute", steps: STEPS } } as const;
  const colors = [-1, 9.99, 10, 20, 1e9].map((value) => formatValue(value, field).color);
  assertEquals(colors, ["#73BF69", "#73BF69", "#FF9830", "#F2495C", "#F2495C"]);
});

Deno.test("formatValue() counts percentage thresholds from the field's least to its greatest value", () => {
  const field = { min: 100, max: 200, thresholds: { mode: "percentage", steps: STEPS } } as const;
  const colors = [109, 110, 120].map((value) => formatValue(value, field).color);
  assertEquals(colors, ["#73BF69", "#FF9830", "#F2495C"]);
});

Deno.test("formatValue() takes the data's ends where the field has none", () => {
  assertEquals(formatValue(15, {}, { range: { min: 10, max: 20 } }).share, 0.5);
});

Deno.test("formatValue() uses the light theme's shades on a light ground", () => {
  const field = { color: { mode: "fixed", fixedColor: "blue" } };
  assertEquals(formatValue(1, field, { theme: "light" }).color, "#3274D9");
});

Deno.test("formatValue() takes colours from the classic palette by the series' place", () => {
  const field = { color: { mode: "palette-classic" } };
  const colors = [0, 1, 7].map((index) => formatValue(1, field, { index }).color);
  assertEquals(colors, ["#73BF69", "#F2CC0C", "#705DA0"]);
});

Deno.test("formatValue() mixes continuous colours", () => {
  const field = { min: 0, max: 100, color: { mode: "continuous-GrYlRd" } };
  const colors = [0, 50, 100].map((value) => formatValue(value, field).color);
  assertEquals(colors, ["#73bf69", "#fade2a", "#f2495c"]);
});

Deno.test("formatValue() shows what mappings say, before units", () => {
  const field = {
    unit: "s",
    mappings: [
      { type: "value", options: { "0": { text: "down", color: "red" } } },
      { type: "range", options: { from: 1, to: 5, result: { text: "few" } } },
      { type: "special", options: { match: "null+nan", result: { text: "gone" } } },
      { type: "regex", options: { pattern: "/^pod-(.*)$/", result: { text: "$1" } } },
    ],
  } as const;
  const texts = [0, 3, NaN, null, "pod-7", 90].map((value) => valueText(formatValue(value, field)));
  assertEquals(texts, ["down", "few", "gone", "gone", "7", "1.50 mins"]);
  assertEquals(formatValue(0, field).color, "#F2495C");
});

Deno.test("formatValue() keeps the unit of a value whose mapping only has a colour", () => {
  const field = {
    unit: "bytes",
    mappings: [{ type: "value", options: { "1024": { color: "#123456" } } }],
  } as const;
  const formatted = formatValue(1024, field);
  assertEquals([valueText(formatted), formatted.color], ["1 KiB", "#123456"]);
});

Deno.test("formatValue() shows noValue for nothing, and a dash without it", () => {
  assertEquals(formatValue(null, { noValue: "none yet" }).text, "none yet");
  assertEquals(formatValue(undefined, {}).text, "-");
});

Deno.test("formatValue() prefers the field's decimals to those of the neighbours", () => {
  assertEquals(formatValue(1, { decimals: 3 }, { decimals: 1 }).text, "1.000");
  assertEquals(formatValue(1, {}, { decimals: 1 }).text, "1.0");
});
