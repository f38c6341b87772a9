import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { testWith } from "../testing/permissions.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import { catalogueFiles, metricsJson, metricsTable, withTable } from "./catalogue_files.ts";

const entries: readonly CatalogueEntry[] = [
  {
    name: "jobs_total",
    kind: "counter",
    unit: "count",
    help: "Jobs done, by queue | state.",
    labels: ["queue", "state"],
  },
  {
    name: "wait_seconds",
    kind: "histogram",
    unit: "seconds",
    help: "Time waited.",
    labels: [],
    quantiles: [0.5],
  },
];

testWith(["read"], "deno task catalogue has been run since the catalogue changed", async () => {
  for (const [path, text] of Object.entries(await catalogueFiles())) {
    assertEquals(
      await Deno.readTextFile(new URL(`../../${path}`, import.meta.url)),
      text,
      `run \`deno task catalogue\` and commit ${path}`,
    );
  }
});

Deno.test("metricsJson() has every entry by its name", () => {
  assertEquals(JSON.parse(metricsJson(entries)).wait_seconds, {
    kind: "histogram",
    unit: "seconds",
    help: "Time waited.",
    labels: [],
    quantiles: [0.5],
  });
});

Deno.test("metricsTable() has a row for each entry, and says what type Prometheus sees", () => {
  assertEquals(metricsTable(entries).split("\n").slice(2), [
    "| `jobs_total` | counter | count | `queue` `state` | Jobs done, by queue \\| state. |",
    "| `wait_seconds` | summary | seconds | | Time waited. |",
  ]);
});

Deno.test("withTable() replaces what is between the marks, as often as one likes, and asks for them", () => {
  const readme =
    "above\n<!-- metrics: written by `deno task catalogue` -->\n<!-- deno-fmt-ignore-start -->\nold\n<!-- deno-fmt-ignore-end -->\nbelow\n";
  const once = withTable(readme, "TABLE");
  assertStringIncludes(once, "above");
  assertStringIncludes(once, "\nTABLE\n");
  assertEquals([once.includes("old"), once.endsWith("\nbelow\n")], [false, true]);
  assertEquals(withTable(once, "TABLE"), once);
  assertThrows(() => withTable("nothing", "TABLE"), Error, "README.md must have");
});
