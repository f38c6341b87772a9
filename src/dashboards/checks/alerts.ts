/**
 * Every alert says what happened, how bad it is, and where to read what to do.
 *
 * @module
 */
import type { Finding } from "../finding.ts";
import type { Rule, RuleFile } from "../model.ts";

const SEVERITIES = ["critical", "warning", "info"];
const TEXTS = ["summary", "description", "runbook_url"];

/** Every alert of `files`. */
export function alertsOf(files: readonly RuleFile[]): (Rule & { readonly alert: string })[] {
  return files.flatMap(({ groups }) => groups).flatMap(({ rules = [] }) => rules)
    .flatMap((rule) => rule.alert === undefined ? [] : [{ ...rule, alert: rule.alert }]);
}

/** Finds alerts without severity or text, two that are the same, and groups of one name. */
export function checkAlerts(files: readonly RuleFile[]): Finding[] {
  const seen = new Set<string>();
  return alertsOf(files).flatMap((rule) => {
    const where = `alert '${rule.alert}'`;
    const { severity = "" } = rule.labels ?? {};
    const identity = JSON.stringify([rule.alert, Object.entries(rule.labels ?? {}).sort()]);
    const isTwice = seen.has(identity);
    seen.add(identity);
    return [
      ...isTwice ? [{ where, what: "there is another with the same labels" }] : [],
      ...SEVERITIES.includes(severity) ? [] : [{
        where,
        what: `its severity is '${severity}', not one of ${SEVERITIES.join(", ")}`,
      }],
      ...TEXTS.filter((name) => !rule.annotations?.[name]?.trim())
        .map((name) => ({ where, what: `it has no ${name}` })),
    ];
  });
}
