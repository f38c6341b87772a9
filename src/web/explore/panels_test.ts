import { assertEquals } from "@std/assert";
import { modeOf, panelsOf, refIdOf } from "./panels.ts";

Deno.test("refIdOf() goes on after Z", () => {
  assertEquals([0, 25, 26, 53].map(refIdOf), ["A", "Z", "AA", "BB"]);
});

Deno.test("panelsOf() asks for a graph, a table or both", () => {
  const titles = (type: string | null) =>
    panelsOf(["up"], modeOf(type), "").map(({ panel }) => panel.title);
  assertEquals(titles("range"), ["Graph"]);
  assertEquals(titles("instant"), ["Table"]);
  assertEquals(titles(null), ["Graph", "Table"]);
  const [graph, table] = panelsOf(["up", "down"], "both", "1m");
  assertEquals(graph?.panel.targets.map(({ refId, interval }) => [refId, interval]), [
    ["A", "1m"],
    ["B", "1m"],
  ]);
  assertEquals(table?.panel.transformations.map(({ id }) => id), ["merge", "organize"]);
});
