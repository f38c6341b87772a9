import { METRIC_NAME } from "../labels.ts";
import { Pace } from "../pace.ts";
import type { Queryable } from "../samples.ts";
import { createMatcher } from "../store/matcher.ts";
import { ALERTS_FOR_STATE, type EarlierAlert } from "./alert_instances.ts";
import type { AlertingRule } from "./model.ts";

/** Alerts that were last seen longer ago than this are not taken up again, as in Prometheus. */
const OUTAGE_TOLERANCE = 3_600_000;

/**
 * The alerts of a rule, by the key of their labels, that an earlier process has left in the store,
 * active when it ended. Prometheus leaves rules with a `for` below ten minutes alone, since it may come
 * back to a world that has changed; here a restart takes seconds.
 */
export async function earlierAlerts(
  storage: Queryable,
  rule: AlertingRule,
  time: number,
): Promise<Map<string, EarlierAlert>> {
  const plain = [...rule.labels].filter(([, value]) => !value.includes("{{"));
  const matchers = [[METRIC_NAME, ALERTS_FOR_STATE], ["alertname", rule.name], ...plain] as const;
  const series = await storage.select(
    matchers.map(([name, value]) => createMatcher("=", name, value)),
    { start: time - OUTAGE_TOLERANCE, end: time },
  );
  const pace = new Pace();
  const alerts = new Map<string, EarlierAlert>();
  for (const { labels: stored, samples: { times, values, stale } } of series) {
    if (pace.due(16)) await pace.giveWay();
    const last = times.length - 1;
    const seenAt = times[last];
    const seconds = values[last];
    if (seenAt === undefined || seconds === undefined || stale?.[last] === 1) continue;
    const labels = stored.without([METRIC_NAME]);
    alerts.set(labels.key, { labels, activeAt: seconds * 1000, seenAt });
  }
  return alerts;
}
