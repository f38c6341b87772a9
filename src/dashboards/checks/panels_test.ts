import { assertEquals } from "@std/assert";
import { dashboard, said, withPanel } from "./fixture.ts";
import { checkPanels } from "./panels.ts";

Deno.test("checkPanels() takes a panel with a unit and a description, a heatmap with that of its axis, and text", () => {
  assertEquals(checkPanels(dashboard), []);
  const heatmap = { type: "heatmap", fieldConfig: {}, options: { yAxis: { unit: "s" } } };
  assertEquals(checkPanels(withPanel(heatmap)), []);
  assertEquals(checkPanels(withPanel({ type: "text", targets: [], fieldConfig: {} })), []);
});

Deno.test("checkPanels() finds everything that is missing", () => {
  const bare = { title: "", description: "Calls.", targets: [], fieldConfig: { defaults: {} } };
  assertEquals(said(checkPanels(withPanel(bare))), [
    "it has no title",
    "it has no unit",
    "it has no description that says what to do when it looks wrong",
    "it has no query",
  ]);
  assertEquals(said(checkPanels(withPanel({ targets: [{ refId: "A" }] }))), [
    "it has a query without an expression",
  ]);
});

Deno.test("checkPanels() finds thresholds that do not rise", () => {
  const steps = (...values: (number | null)[]) => ({
    fieldConfig: {
      defaults: { unit: "s", thresholds: { steps: values.map((value) => ({ value })) } },
    },
  });
  assertEquals(checkPanels(withPanel(steps(null, 0.5, 1))), []);
  assertEquals(said(checkPanels(withPanel(steps(null, 1, 0.5)))), [
    "its thresholds do not rise: Grafana takes them as they stand",
  ]);
});
