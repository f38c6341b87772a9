// deno-lint-ignore-file camelcase -- the names of promtool
/**
 * promtool's test files hold a case for every alert in which it fires, one in which it does not, and
 * one in which it stops. Whether the cases pass is for promtool to say.
 *
 * @module
 */
import type { Finding } from "../finding.ts";
import type { Rule, RuleFile } from "../model.ts";
import { alertsOf } from "./alerts.ts";

/** One look at the alerts of a name. */
export interface AlertCase {
  readonly eval_time: string | number;
  readonly alertname: string;
  readonly exp_alerts?:
    | readonly { readonly exp_labels?: Readonly<Record<string, string>> }[]
    | null;
}

/** A test file of promtool. */
export interface RuleTests {
  readonly tests?: readonly { readonly alert_rule_test?: readonly AlertCase[] }[];
}

/** Finds alerts for which a case is missing. */
export function checkAlertTests(
  files: readonly RuleFile[],
  testFiles: readonly RuleTests[],
): Finding[] {
  const tests = testFiles.flatMap((file) => file.tests ?? []);
  return alertsOf(files).flatMap((rule) => {
    const states = tests.map(({ alert_rule_test: cases = [] }) => statesOf(rule, cases));
    const missing = [
      !states.some((one) => one.includes(true)) && "firing",
      !states.some((one) => one[0] === false) && "not firing",
      !states.some((one) => one.some((fires, i) => !fires && one[i - 1] === true)) && "recovering",
    ].filter((one) => one !== false);
    return missing.length === 0 ? [] : [{
      where: `alert '${rule.alert}' (${Object.values(rule.labels ?? {}).join(", ")})`,
      what: `dashboards/tests has no case of it ${missing.join(", ")}`,
    }];
  });
}

/** Whether the alert fires, for each look of a test in the order of time. */
function statesOf({ alert, labels = {} }: Rule, cases: readonly AlertCase[]): boolean[] {
  return cases.filter(({ alertname }) => alertname === alert)
    .sort((a, b) => seconds(a.eval_time) - seconds(b.eval_time))
    .map(({ exp_alerts }) =>
      (exp_alerts ?? []).some(({ exp_labels = {} }) =>
        Object.entries(labels).every(([name, value]) =>
          value.includes("{{") ? name in exp_labels : exp_labels[name] === value
        )
      )
    );
}

const UNIT_SECONDS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

function seconds(time: string | number): number {
  return [...String(time).matchAll(/(\d+)(ms|[smhdwy])?/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * UNIT_SECONDS[(unit ?? "s") as "s"],
    0,
  );
}
