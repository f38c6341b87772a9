import { assertEquals } from "@std/assert";
import { DASHBOARDS } from "../../../dashboards/embedded.ts";
import { readDashboard } from "../../model/mod.ts";
import { glanceOf, placeOfKey } from "./glance.ts";

Deno.test("glanceOf() finds the service's own values and budgets, side by side", () => {
  const panels = glanceOf(DASHBOARDS.map(({ name, json }) => ({
    name,
    dashboard: readDashboard(JSON.parse(json)),
  })));
  assertEquals(panels.map(({ panel }) => panel.title), [
    "Calls",
    "Errors",
    "p99 of successes",
    "Pods up",
    "availability: Error budget left",
    "latency: Error budget left",
  ]);
  assertEquals(panels.map(({ panel: { gridPos } }) => gridPos.x), [0, 4, 8, 12, 16, 20]);
  assertEquals(placeOfKey(panels[0]?.key ?? ""), { name: "echo", id: "2" });
});

Deno.test("glanceOf() shows nothing of dashboards that it does not know", () => {
  const dashboard = readDashboard({ panels: [{ type: "stat" }] });
  assertEquals(glanceOf([{ name: "other", dashboard }]), []);
});
