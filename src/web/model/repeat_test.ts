import { assertEquals } from "@std/assert";
import type { Scope } from "./interpolate.ts";
import { interpolate } from "./interpolate.ts";
import { readDashboard } from "./read_dashboard.ts";
import { placeRows } from "./repeat.ts";

function scopeWith(count: number): Scope {
  const choices = Array.from({ length: count }, (_, at) => ({ text: `P${at}`, value: `p${at}` }));
  return { builtins: {}, variables: new Map([["pod", { choices, all: false, many: true }]]) };
}

function place(panels: object[], count: number) {
  return placeRows(readDashboard({ panels }).rows, scopeWith(count));
}

function places(rows: ReturnType<typeof place>) {
  return rows.map(({ panels }) =>
    panels.map(({ key, panel: { gridPos: { x, y, w } } }) => [key, x, y, w])
  );
}

Deno.test("placeRows() repeats a panel side by side and pushes down what is below", () => {
  const rows = place([
    { id: 1, title: "Calls of $pod", repeat: "pod", gridPos: { x: 0, y: 3, w: 12, h: 4 } },
    { id: 2, gridPos: { x: 0, y: 7, w: 24, h: 2 } },
  ], 5);
  assertEquals(places(rows), [[
    ["1", 0, 0, 6],
    ["1-clone-1", 6, 0, 6],
    ["1-clone-2", 12, 0, 6],
    ["1-clone-3", 18, 0, 6],
    ["1-clone-4", 0, 4, 6],
    ["2", 0, 8, 24],
  ]]);
  const second = rows[0]?.panels[1];
  assertEquals(second?.panel.title, "Calls of P1");
  assertEquals(interpolate("$pod", second?.scope ?? scopeWith(0)), "p1");
});

Deno.test("placeRows() repeats a panel downwards, and at most so many in a row", () => {
  const gridPos = { x: 6, y: 0, w: 6, h: 3 };
  const down = place([{ id: 1, repeat: "pod", repeatDirection: "v", gridPos }], 2);
  assertEquals(places(down), [[["1", 6, 0, 6], ["1-clone-1", 6, 3, 6]]]);
  const two = place([{ id: 1, repeat: "pod", maxPerRow: 2, gridPos }], 3);
  assertEquals(places(two), [[["1", 0, 0, 12], ["1-clone-1", 12, 0, 12], ["1-clone-2", 0, 3, 12]]]);
});

Deno.test("placeRows() repeats a row with its panels, each with its own value", () => {
  const rows = place([
    { id: 1, type: "row", title: "Pod $pod", repeat: "pod", gridPos: { y: 0 } },
    { id: 2, title: "CPU of $pod", gridPos: { x: 0, y: 1, w: 12, h: 4 } },
  ], 2);
  assertEquals(rows.map(({ key, title }) => [key, title]), [["1", "Pod P0"], [
    "1-clone-1",
    "Pod P1",
  ]]);
  assertEquals(rows.map(({ panels }) => panels.map(({ key, panel }) => [key, panel.title])), [
    [["2", "CPU of P0"]],
    [["2-row-1", "CPU of P1"]],
  ]);
});

Deno.test("placeRows() shows a panel once while its variable has no values", () => {
  assertEquals(places(place([{ id: 1, repeat: "pod", gridPos: { x: 2, y: 9, w: 4, h: 4 } }], 0)), [
    [["1", 0, 0, 24]],
  ]);
});
