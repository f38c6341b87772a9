import { assertEquals } from "@std/assert";
import type { CatalogueEntry } from "../../metrics/catalogue.ts";
import { scrapedSchema } from "../series.ts";
import { checkCoverage } from "./coverage.ts";
import { catalogue, query, said } from "./fixture.ts";

const shown = query(
  "rate(calls_total[5m]) + rate(took_seconds_sum[5m]) + old_seconds + old_counter",
);
const schema = scrapedSchema(catalogue);

Deno.test("checkCoverage() takes what is shown, by any of its series, and what is hidden with a reason", () => {
  assertEquals(checkCoverage(shown, schema, catalogue, {}), []);
});

Deno.test("checkCoverage() finds metrics that nothing shows: a variable is not enough", () => {
  const found = checkCoverage(
    [
      ...query("old_seconds + old_counter + took_seconds_sum"),
      ...query("calls_total")
        .map((one) => ({ ...one, kind: "variable" as const })),
    ],
    schema,
    catalogue,
    {},
  );
  assertEquals(found.map(({ where }) => where), ["metric 'calls_total'"]);
});

Deno.test("checkCoverage() finds reasons that do not hold or do not say anything", () => {
  const entry = { name: "running", kind: "gauge", unit: "count", help: "A.", labels: [] } as const;
  const check = (hidden: string, expr: string) => {
    const entries: CatalogueEntry[] = [{ ...entry, hidden }];
    return said(checkCoverage(query(expr), scrapedSchema(entries), entries, {}));
  };
  assertEquals(check("Too many.", "running"), [
    "it is shown, but called hidden because: Too many.",
  ]);
  assertEquals(check("", "up"), ["its 'hidden' reason is empty"]);
});

Deno.test("checkCoverage() finds foreign metrics that nothing uses any more", () => {
  const foreign = { "kube_pod_info": { kind: "gauge", labels: [], reason: "A." } } as const;
  assertEquals(said(checkCoverage(shown, schema, catalogue, foreign)), [
    "nothing uses it any more",
  ]);
});
