import { assertEquals } from "@std/assert";
import { linearEnds, scaleKey, type ScaleSettings, scaleSettings } from "./scales.ts";
import { readSeriesSettings } from "./settings.ts";

const { axis } = readSeriesSettings({});

function ends(
  low: number | null,
  high: number | null,
  changes: Partial<ScaleSettings> = {},
): [number, number] {
  return linearEnds(low, high, { ...scaleSettings({}, axis, false), ...changes });
}

Deno.test("linearEnds() leaves a tenth of room", () => {
  assertEquals(ends(100, 200), [90, 210]);
});

Deno.test("linearEnds() starts at zero where the data is near it", () => {
  assertEquals(ends(5, 105), [0, 115]);
  assertEquals(ends(-105, -5), [-115, 0]);
});

Deno.test("linearEnds() keeps the field's ends, also beyond and within the data", () => {
  assertEquals(ends(5, 50, { min: 0, max: 100 }), [0, 100]);
  assertEquals(ends(5, 150, { min: 0, max: 100 }), [0, 100]);
});

Deno.test("linearEnds() gives soft ends up to the data beyond them", () => {
  assertEquals(ends(20, 50, { softMin: 10, softMax: 100 }), [10, 100]);
  assertEquals(ends(100, 200, { softMin: 150, softMax: 180 }), [90, 210]);
});

Deno.test("linearEnds() shows bars and stacks from zero", () => {
  assertEquals(ends(100, 200, { fromZero: true }), [0, 220]);
});

Deno.test("linearEnds() has room around a single value, and around none", () => {
  assertEquals(ends(10, 10), [0, 12.1]);
  assertEquals(ends(0, 0), [0, 1.1]);
  assertEquals(ends(null, null), [0, 1.1]);
});

Deno.test("linearEnds() puts zero in the middle where the axis is centred", () => {
  assertEquals(ends(-20, 10, { centeredZero: true }), [-21, 21]);
});

Deno.test("scaleKey() shares an axis between fields of one unit and place", () => {
  const right = { ...axis, placement: "right" } as const;
  assertEquals(scaleKey({ unit: "s" }, axis, false), scaleKey({ unit: "s" }, axis, false));
  assertEquals(
    scaleKey({ unit: "s" }, axis, false) === scaleKey({ unit: "s" }, right, false),
    false,
  );
  assertEquals(
    scaleKey({ unit: "s" }, axis, false) === scaleKey({ unit: "B" }, axis, false),
    false,
  );
});
