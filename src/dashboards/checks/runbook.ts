/**
 * Every alert has a section in the runbook, at the anchor that its link names; no section is left of
 * an alert that is gone.
 *
 * @module
 */
import type { Finding } from "../finding.ts";
import type { RuleFile } from "../model.ts";
import { alertsOf } from "./alerts.ts";

/** Finds alerts without a section, links to the wrong place, and sections without an alert. */
export function checkRunbook(files: readonly RuleFile[], runbook: string): Finding[] {
  const sections = [...runbook.matchAll(/^## (.+?)\s*$/gm)].map(([, title = ""]) => title);
  const alerts = alertsOf(files);
  const names = new Set(alerts.map(({ alert }) => alert));
  return [
    ...alerts.flatMap(({ alert, annotations }) => {
      const where = `alert '${alert}'`;
      const url = annotations?.runbook_url ?? "";
      const wanted = `/dashboards/runbook.md#${alert.toLowerCase()}`;
      return [
        ...sections.includes(alert) ? [] : [{
          where,
          what: `dashboards/runbook.md has no section '## ${alert}'`,
        }],
        ...url.endsWith(wanted) ? [] : [{
          where,
          what: `its runbook_url must end with '${wanted}', but is '${url}'`,
        }],
      ];
    }),
    // A section named in one word of many capitals is an alert's.
    ...sections.filter((title) => /^[A-Z][a-z]+[A-Z]\w+$/.test(title) && !names.has(title)).map(
      (title) => ({
        where: `dashboards/runbook.md, section '${title}'`,
        what: "there is no such alert",
      }),
    ),
  ];
}
