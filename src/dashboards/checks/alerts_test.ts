import { assertEquals } from "@std/assert";
import type { Rule, RuleFile } from "../model.ts";
import { checkAlerts } from "./alerts.ts";
import { checkAlertTests } from "./alert_tests.ts";
import { rules, runbook, said, tests } from "./fixture.ts";
import { checkRunbook } from "./runbook.ts";

function only(...alerts: Rule[]): RuleFile[] {
  return [{ groups: [{ name: "g", rules: alerts }] }];
}

const alert: Rule = rules.groups[0]?.rules?.find(({ alert }) => alert) ?? {};

Deno.test("checkAlerts() takes an alert that tells all", () => {
  assertEquals(checkAlerts([rules]), []);
  assertEquals(checkAlerts(only(alert, { ...alert, labels: { severity: "critical" } })), []);
});

Deno.test("checkAlerts() finds what an alert does not tell, and one that is there twice", () => {
  assertEquals(
    said(checkAlerts(only({ ...alert, labels: { severity: "page" }, annotations: {} }))),
    [
      "its severity is 'page', not one of critical, warning, info",
      "it has no summary",
      "it has no description",
      "it has no runbook_url",
    ],
  );
  assertEquals(said(checkAlerts(only(alert, alert))), ["there is another with the same labels"]);
});

Deno.test("checkRunbook() takes an alert with a section at the anchor of its link", () => {
  assertEquals(checkRunbook([rules], runbook), []);
});

Deno.test("checkRunbook() finds missing sections, wrong links, and sections of alerts that are gone", () => {
  assertEquals(said(checkRunbook([rules], "## Other things\n")), [
    "dashboards/runbook.md has no section '## TooSlow'",
  ]);
  const lost = { ...alert, annotations: { "runbook_url": "https://example.com/#slow" } };
  assertEquals(said(checkRunbook(only(lost), runbook)), [
    "its runbook_url must end with '/dashboards/runbook.md#tooslow', but is 'https://example.com/#slow'",
  ]);
  assertEquals(said(checkRunbook([rules], `${runbook}\n## TooFast\n`)), ["there is no such alert"]);
});

Deno.test("checkAlertTests() takes an alert that is seen silent, firing, and silent again", () => {
  assertEquals(checkAlertTests([rules], tests), []);
});

Deno.test("checkAlertTests() finds the cases that are missing, by the labels of the alert", () => {
  const cases = tests[0]?.tests?.[0]?.alert_rule_test ?? [];
  const missing = (...kept: number[]) =>
    said(checkAlertTests([rules], [{
      tests: [{ "alert_rule_test": cases.filter((_, i) => kept.includes(i)) }],
    }]));
  assertEquals(missing(), ["dashboards/tests has no case of it firing, not firing, recovering"]);
  assertEquals(missing(0), ["dashboards/tests has no case of it firing, recovering"]);
  assertEquals(missing(0, 1), ["dashboards/tests has no case of it recovering"]);
  assertEquals(missing(1, 2), ["dashboards/tests has no case of it not firing"]);
  const critical = { ...alert, labels: { severity: "critical" } };
  assertEquals(said(checkAlertTests(only(critical), tests)), [
    "dashboards/tests has no case of it firing, recovering",
  ]);
});
