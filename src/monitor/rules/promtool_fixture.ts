// deno-lint-ignore-file camelcase -- the names of promtool
/** Runs test files of `promtool test rules` on our own evaluator. */
import { FAILSAFE_SCHEMA, load } from "js-yaml";
import { createLogger } from "../../logging/logger.ts";
import { SYSTEM_CLOCK } from "../clock.ts";
import { Labels } from "../labels.ts";
import { Engine } from "../promql/engine.ts";
import { parseSeries } from "../promqltest/series.ts";
import type { BatchSample } from "../store/batch.ts";
import { Store } from "../store/store.ts";
import { parseDuration } from "./duration.ts";
import { GroupRun } from "./group_run.ts";
import type { RuleGroup } from "./model.ts";

interface ExpectedAlert {
  readonly exp_labels?: Readonly<Record<string, string>>;
  readonly exp_annotations?: Readonly<Record<string, string>>;
}

/** One look at the alerts of a name. */
interface AlertCase {
  readonly eval_time: string;
  readonly alertname: string;
  readonly exp_alerts?: readonly ExpectedAlert[] | "";
}

/** One test of a file. */
export interface PromtoolTest {
  readonly name?: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test: readonly AlertCase[];
}

interface PromtoolFile {
  readonly rule_files: readonly string[];
  readonly evaluation_interval: string;
  readonly tests: readonly PromtoolTest[];
}

/** What one look has found, and what it should have. */
export interface Look {
  readonly where: string;
  readonly found: readonly string[];
  readonly expected: readonly string[];
}

/** Reads a test file. */
export function readPromtoolFile(yaml: string): PromtoolFile {
  return load(yaml, { schema: FAILSAFE_SCHEMA }) as PromtoolFile;
}

/** Runs a test: all rules at every interval, a look at the firing alerts where a case wants one. */
export async function runPromtoolTest(
  test: PromtoolTest,
  groups: readonly RuleGroup[],
  evaluationInterval: string,
): Promise<Look[]> {
  const intervalMs = parseDuration(evaluationInterval);
  const cases = test.alert_rule_test.map((one) => ({ one, time: parseDuration(one.eval_time) }));
  const end = Math.max(...cases.map(({ time }) => time));
  const surroundings = {
    store: loadStore(test),
    engine: new Engine({ noStepSubqueryMs: intervalMs }),
    log: createLogger({ level: "error", format: "human", write: () => {} }),
    clock: SYSTEM_CLOCK,
  };
  const runs = groups.map((group) => new GroupRun(group, intervalMs, surroundings));
  const { signal } = new AbortController();
  const looks: Look[] = [];
  for (let time = 0; time <= end; time += intervalMs) {
    for (const run of runs) await run.evaluate(time, signal);
    for (const { one } of cases.filter((one) => one.time >= time && one.time < time + intervalMs)) {
      looks.push({
        where: `${one.alertname} at ${one.eval_time}`,
        found: firing(runs, one.alertname),
        expected: expectedOf(one),
      });
    }
  }
  return looks;
}

function loadStore({ input_series, interval }: PromtoolTest): Store {
  const store = new Store({ retentionMs: Infinity, clock: () => Number.MAX_SAFE_INTEGER / 2 });
  const step = parseDuration(interval);
  for (const { series, values } of input_series) {
    const line = parseSeries(`${series} ${values}`);
    const samples = line.values.flatMap((value, i): BatchSample[] => {
      const at = { series: line.labels, value: NaN, time: i * step };
      switch (value.kind) {
        case "omitted":
          return [];
        case "stale":
          return [{ ...at, stale: true }];
        case "number":
          return [{ ...at, value: value.value }];
        case "histogram":
          return [{ ...at, histogram: value.histogram }];
      }
    });
    store.append({ source: series, time: -1, samples });
  }
  return store;
}

function firing(runs: readonly GroupRun[], name: string): string[] {
  const rules = runs.flatMap((run) => run.status.rules);
  const failed = rules.filter((rule) => rule.lastError !== undefined);
  const alerts = rules.flatMap((rule) =>
    rule.type === "alerting" && rule.name === name ? rule.alerts : []
  );
  return [
    ...failed.map((rule) => `${rule.name}: ${rule.lastError}`),
    ...alerts.filter(({ state }) => state === "firing")
      .map(({ labels, annotations }) => `${labels} ${annotations}`),
  ].sort();
}

function expectedOf({ exp_alerts, alertname }: AlertCase): string[] {
  return (exp_alerts || []).map(({ exp_labels = {}, exp_annotations = {} }) =>
    `${Labels.from({ ...exp_labels, alertname })} ${Labels.from(exp_annotations)}`
  ).sort();
}
