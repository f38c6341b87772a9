import { assertEquals } from "@std/assert";
import { arcPath } from "./arc.ts";
import { bandsOf } from "./bands.ts";

const NO_DATA = { min: Infinity, max: -Infinity };

Deno.test("bandsOf() cuts a gauge at its thresholds", () => {
  const steps = [
    { color: "red", value: null },
    { color: "orange", value: 0.25 },
    { color: "green", value: 0.5 },
  ];
  const field = { min: 0, max: 1, thresholds: { mode: "absolute", steps } } as const;
  assertEquals(bandsOf(field, NO_DATA, "dark").map(({ from, to }) => [from, to]), [
    [0, 0.25],
    [0.25, 0.5],
    [0.5, 1],
  ]);
});

Deno.test("bandsOf() leaves out thresholds beyond the ends", () => {
  const steps = [{ color: "green", value: null }, { color: "red", value: 500 }];
  const field = { thresholds: { mode: "absolute", steps } } as const;
  assertEquals(bandsOf(field, NO_DATA, "dark").length, 1);
});

Deno.test("arcPath() is a large arc only beyond half a turn", () => {
  const center = { x: 50, y: 50 };
  assertEquals(arcPath(center, 40, 0, 0.5), "M15.4,70.0A40.0,40.0 0 0 1 50.0,10.0");
  assertEquals(arcPath(center, 40, 0, 1), "M15.4,70.0A40.0,40.0 0 1 1 84.6,70.0");
});
