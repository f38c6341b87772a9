import { METRIC_NAME } from "../labels.ts";
import type { Queryable } from "../samples.ts";
import { createMatcher } from "../store/matcher.ts";
import { ALERTS_FOR_STATE, type EarlierAlert } from "./alert_instances.ts";
import type { AlertingRule } from "./model.ts";

/** Alerts that were last seen longer ago than this are not taken up again, as in Prometheus. */
const OUTAGE_TOLERANCE = 3_600_000;

/**
 * The alerts of a rule that an earlier process has left in the store, active when it ended. Prometheus
 * leaves rules with a `for` below ten minutes alone, since it may come back to a world that has changed;
 * here a restart takes seconds.
 */
export async function earlierAlerts(
  storage: Queryable,
  rule: AlertingRule,
  time: number,
): Promise<EarlierAlert[]> {
  const plain = [...rule.labels].filter(([, value]) => !value.includes("{{"));
  const matchers = [[METRIC_NAME, ALERTS_FOR_STATE], ["alertname", rule.name], ...plain] as const;
  const series = await storage.select(
    matchers.map(([name, value]) => createMatcher("=", name, value)),
    { start: time - OUTAGE_TOLERANCE, end: time },
  );
  return series.flatMap(({ labels, samples: { times, values, stale } }) => {
    const last = times.length - 1;
    const seenAt = times[last];
    const seconds = values[last];
    if (seenAt === undefined || seconds === undefined || stale?.[last] === 1) return [];
    return [{ labels: labels.without([METRIC_NAME]), activeAt: seconds * 1000, seenAt }];
  });
}
