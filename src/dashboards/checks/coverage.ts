/**
 * Every metric of the catalogue is shown, or says why it is hidden.
 *
 * @module
 */
import type { CatalogueEntry } from "../../metrics/catalogue.ts";
import type { Expression } from "../expressions.ts";
import type { Finding } from "../finding.ts";
import { FOREIGN_METRICS, type ForeignMetric } from "../foreign.ts";
import { referencesIn } from "../references.ts";
import type { Schema } from "../series.ts";
import { seriesOf } from "./metrics.ts";

/** Finds metrics that nothing shows, reasons that no longer hold, and foreign metrics that nothing uses. */
export function checkCoverage(
  expressions: readonly Expression[],
  schema: Schema,
  catalogue: readonly CatalogueEntry[],
  foreign: Readonly<Record<string, ForeignMetric>> = FOREIGN_METRICS,
): Finding[] {
  const references = expressions
    .filter(({ kind }) => kind !== "variable" && kind !== "annotation")
    .flatMap(({ promql }) => referencesIn(promql).metrics);
  const shown = references.flatMap((metric) => seriesOf(metric, schema));
  const metrics = new Set(shown.map(({ entry, name }) => entry?.name ?? name));
  return [
    ...catalogue.flatMap(({ name, hidden }) => {
      const where = `metric '${name}'`;
      if (!metrics.has(name) && hidden === undefined) {
        return { where, what: "no panel, rule or alert shows it, and it has no 'hidden' reason" };
      }
      if (metrics.has(name) && hidden !== undefined) {
        return { where, what: `it is shown, but called hidden because: ${hidden}` };
      }
      return hidden?.trim() === "" ? { where, what: "its 'hidden' reason is empty" } : [];
    }),
    ...Object.entries(foreign).flatMap(([name, { reason }]) => {
      const where = `metric '${name}' in src/dashboards/foreign.ts`;
      if (!metrics.has(name)) return { where, what: "nothing uses it any more" };
      return reason.trim() === "" ? { where, what: "its reason is empty" } : [];
    }),
  ];
}
