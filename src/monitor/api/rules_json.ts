import { dateText } from "./date_json.ts";
import {
  exponentialText,
  type Json,
  JsonPieces,
  listJson,
  longItemsJson,
  objectJson,
  safeJson,
  safeText,
} from "./json_text.ts";
import type { ActiveAlert, AlertingRule, RecordingRule, RuleGroup } from "./sources.ts";

/** The answer of `alerts`. */
export function* alertListJson(alerts: readonly ActiveAlert[]): Generator<string> {
  yield '{"alerts":';
  yield* alertsJson(alerts);
  yield "}";
}

function alertsJson(alerts: readonly ActiveAlert[]): Iterable<string> {
  return listJson(alerts, (alert) => safeJson(alertJson(alert)));
}

/** A group, and those of its rules that are asked for. */
interface ShownGroup {
  readonly group: RuleGroup;
  readonly rules: readonly (AlertingRule | RecordingRule)[];
}

/** The answer of `rules`; `nextToken` is "" where there are no more groups. */
export function* groupListJson(
  groups: readonly ShownGroup[],
  withAlerts: boolean,
  nextToken: string,
): Generator<string> {
  yield '{"groups":';
  yield* longItemsJson(groups, (group) => groupJson(group, withAlerts));
  yield nextToken === "" ? "}" : `,"groupNextToken":${safeText(nextToken)}}`;
}

function groupJson({ group, rules }: ShownGroup, withAlerts: boolean): Iterable<string> {
  return objectJson({
    name: group.name,
    file: group.file,
    rules: new JsonPieces(longItemsJson(rules, (rule) => ruleJson(rule, withAlerts))),
    interval: group.intervalMs / 1000,
    limit: group.limit,
    evaluationTime: group.evaluationMs / 1000,
    lastEvaluation: dateText(group.lastEvaluation),
  });
}

function ruleJson(rule: AlertingRule | RecordingRule, withAlerts: boolean): Iterable<string> {
  const outcome = {
    health: rule.health,
    lastError: rule.lastError || undefined,
    evaluationTime: rule.evaluationMs / 1000,
    lastEvaluation: dateText(rule.lastEvaluation),
    type: rule.type,
  };
  const { name, query, labels } = rule;
  if (rule.type === "recording") return objectJson({ name, query, labels, ...outcome });
  return objectJson({
    state: rule.state,
    name,
    query,
    duration: rule.durationMs / 1000,
    keepFiringFor: rule.keepFiringForMs / 1000,
    labels,
    annotations: rule.annotations,
    alerts: withAlerts ? new JsonPieces(alertsJson(rule.alerts)) : null,
    ...outcome,
  });
}

function alertJson(alert: ActiveAlert): Json {
  return {
    labels: alert.labels,
    annotations: alert.annotations,
    state: alert.state,
    activeAt: dateText(alert.activeAt),
    keepFiringSince: alert.keepFiringSince === undefined
      ? undefined
      : dateText(alert.keepFiringSince),
    value: exponentialText(alert.value),
  };
}
