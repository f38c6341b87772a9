/**
 * Everything that must hold of dashboards, rules and alerts. Each check is a pure function in a file
 * of its own; what it finds is a text for people.
 *
 * @module
 */
import type { CatalogueEntry } from "../../metrics/catalogue.ts";
import { dashboardExpressions, ruleExpressions } from "../expressions.ts";
import type { Finding } from "../finding.ts";
import type { Dashboard, RuleFile } from "../model.ts";
import { withRules } from "../rule_series.ts";
import { scrapedSchema } from "../series.ts";
import { checkAlerts } from "./alerts.ts";
import { checkAlertTests, type RuleTests } from "./alert_tests.ts";
import { checkCoverage } from "./coverage.ts";
import { checkDatasources } from "./datasources.ts";
import { checkGrid } from "./grid.ts";
import { checkIds } from "./ids.ts";
import { checkLabels } from "./labels.ts";
import { checkLinks } from "./links.ts";
import { checkMetrics } from "./metrics.ts";
import { checkPanels } from "./panels.ts";
import { checkRunbook } from "./runbook.ts";
import { checkValues } from "./values.ts";
import { checkVariables } from "./variables.ts";

/** What is held against the catalogue. */
export interface Generated {
  readonly dashboards: readonly Dashboard[];
  readonly ruleFiles: readonly RuleFile[];
}

/** Finds every metric, label and value that is not there, and every metric that nothing shows. */
export function checkDrift(
  { dashboards, ruleFiles }: Generated,
  catalogue: readonly CatalogueEntry[],
): Finding[] {
  const expressions = [
    ...dashboards.flatMap(dashboardExpressions),
    ...ruleFiles.flatMap(ruleExpressions),
  ];
  const schema = withRules(scrapedSchema(catalogue), ruleFiles);
  return [
    ...checkMetrics(expressions, schema, catalogue),
    ...checkLabels(expressions, schema),
    ...checkValues(expressions, schema),
    ...checkCoverage(expressions, schema, catalogue),
  ];
}

/** Finds what Grafana would show wrongly or not at all. */
export function checkDashboards(dashboards: readonly Dashboard[]): Finding[] {
  return [
    ...checkIds(dashboards),
    ...checkLinks(dashboards),
    ...dashboards.flatMap((dashboard) => [
      ...checkGrid(dashboard),
      ...checkPanels(dashboard),
      ...checkDatasources(dashboard),
      ...checkVariables(dashboard),
    ]),
  ];
}

/** Finds alerts that do not tell enough or are not tested. */
export function checkRules(
  ruleFiles: readonly RuleFile[],
  { runbook, tests }: { readonly runbook: string; readonly tests: readonly RuleTests[] },
): Finding[] {
  return [
    ...checkAlerts(ruleFiles),
    ...checkRunbook(ruleFiles, runbook),
    ...checkAlertTests(ruleFiles, tests),
  ];
}
