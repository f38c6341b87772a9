import { assertEquals } from "@std/assert";
import { DASHBOARDS } from "../../dashboards/embedded.ts";
import { readDashboard } from "./read_dashboard.ts";

Deno.test("readDashboard() loses no panel and no query of the generated dashboards", () => {
  for (const { name, json } of DASHBOARDS) {
    const source = JSON.parse(json);
    const panels = readDashboard(source).rows.flatMap((row) => row.panels);
    const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const wanted = source.panels.filter(({ type }: { type: string }) => type !== "row");
    assertEquals(panels.length, wanted.length, name);
    assertEquals(
      expressions.toSorted(),
      wanted.flatMap((panel: { targets?: { expr: string }[] }) =>
        (panel.targets ?? []).map(({ expr }) => expr)
      ).toSorted(),
      name,
    );
  }
});
