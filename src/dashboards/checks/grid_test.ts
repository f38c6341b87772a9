import { assertEquals } from "@std/assert";
import { dashboard, panel, said, withPanel } from "./fixture.ts";
import { checkGrid } from "./grid.ts";

const at = (x: number, y: number, w: number, h: number) => ({ ...panel, gridPos: { x, y, w, h } });

Deno.test("checkGrid() takes panels side by side and below each other", () => {
  const panels = [at(0, 0, 12, 8), at(12, 0, 12, 8), at(0, 8, 24, 1)];
  assertEquals(checkGrid({ ...dashboard, panels }), []);
});

Deno.test("checkGrid() finds panels outside the 24 columns, and those without a place", () => {
  assertEquals(said(checkGrid(withPanel({ gridPos: { x: 13, y: 0, w: 12, h: 8 } }))), [
    "it is not within 24 columns: x=13 y=0 w=12 h=8",
  ]);
  const { gridPos: _, ...lost } = panel;
  assertEquals(said(checkGrid({ ...dashboard, panels: [lost] })), ["it has no place in the grid"]);
});

Deno.test("checkGrid() finds panels on top of each other, in a folded row too", () => {
  const over = [at(0, 0, 12, 8), { ...at(11, 7, 2, 2), title: "Errors" }];
  assertEquals(said(checkGrid({ ...dashboard, panels: over })), [
    "it overlaps 'Calls': x=11 y=7 w=2 h=2 and x=0 y=0 w=12 h=8",
  ]);
  const row = { type: "row", title: "More", gridPos: { x: 0, y: 9, w: 24, h: 1 }, panels: over };
  assertEquals(checkGrid({ ...dashboard, panels: [row] }).length, 1);
});
