/**
 * What must be unique: uids and titles across dashboards, ids and titles of panels in one, refIds of
 * queries in a panel.
 *
 * @module
 */
import type { Finding } from "../finding.ts";
import { type Dashboard, panelsOf } from "../model.ts";

/** Finds what is there twice or is missing. */
export function checkIds(dashboards: readonly Dashboard[]): Finding[] {
  return [
    ...unique("dashboards", "uid", dashboards.map(({ uid }) => uid)),
    ...unique("dashboards", "title", dashboards.map(({ title }) => title)),
    ...dashboards.flatMap(checkDashboard),
  ];
}

function checkDashboard(dashboard: Dashboard): Finding[] {
  const where = `dashboard '${dashboard.title}'`;
  const panels = panelsOf(dashboard);
  const all = [...new Set([...dashboard.panels ?? [], ...panels])];
  return [
    ...typeof dashboard.id === "number"
      ? [{
        where,
        what: `it has the id ${dashboard.id}, which belongs to one Grafana; leave it out`,
      }]
      : [],
    ...unique(where, "panel id", all.map(({ id }) => id)),
    ...unique(where, "panel title", panels.map(({ title }) => title)),
    ...panels.flatMap(({ title, targets = [] }) =>
      unique(`${where}, panel '${title}'`, "refId", targets.map(({ refId }) => refId))
    ),
  ];
}

function unique(
  where: string,
  what: string,
  values: readonly (string | number | undefined)[],
): Finding[] {
  const seen = new Set<string | number>();
  return values.flatMap((value) => {
    if (value === undefined || value === "") return { where, what: `a ${what} is missing` };
    if (seen.has(value)) return { where, what: `the ${what} '${value}' is there twice` };
    seen.add(value);
    return [];
  });
}
