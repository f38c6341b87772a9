/**
 * A panel that draws data says in which unit, and what to do when it looks wrong.
 *
 * @module
 */
import type { Finding } from "../finding.ts";
import { type Dashboard, type Panel, panelsOf } from "../model.ts";

/** Panels that draw no data of their own. */
const WITHOUT_DATA = new Set(["row", "text", "news", "dashlist", "alertlist"]);
const SHORTEST_DESCRIPTION = 20;

/** Finds panels without title, unit, description or query, and colours that never show. */
export function checkPanels(dashboard: Dashboard): Finding[] {
  return panelsOf(dashboard).filter(({ type = "" }) => !WITHOUT_DATA.has(type)).flatMap((panel) => {
    const where = `dashboard '${dashboard.title}', panel '${panel.title}'`;
    const { title = "", description = "", targets = [] } = panel;
    const problems = [
      title.trim() === "" && "it has no title",
      unitOf(panel) === undefined && "it has no unit",
      description.trim().length < SHORTEST_DESCRIPTION &&
      "it has no description that says what to do when it looks wrong",
      targets.length === 0 && "it has no query",
      !rises(thresholdsOf(panel)) && "its thresholds do not rise: Grafana takes them as they stand",
      targets.some(({ expr = "" }) => expr.trim() === "") && "it has a query without an expression",
    ];
    return problems.filter((one) => one !== false).map((what) => ({ where, what }));
  });
}

function unitOf({ fieldConfig, options }: Panel): string | undefined {
  return fieldConfig?.defaults?.unit || options?.yAxis?.unit || undefined;
}

/** The values from which colours hold; the first step, which has none, is below all. */
function thresholdsOf({ fieldConfig }: Panel): number[] {
  return (fieldConfig?.defaults?.thresholds?.steps ?? []).map(({ value }) => value ?? -Infinity);
}

function rises(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > (values[i - 1] ?? -Infinity));
}
