import type { VNode } from "preact";
import { Highlight } from "../explore/highlight.tsx";
import type { Rule, RuleGroup } from "../data/mod.ts";
import { Labels, State } from "./labels.tsx";
import {
  ago,
  duration,
  exploreLink,
  gravityOfHealth,
  gravityOfState,
  rulesInOrder,
  webLink,
} from "./words.ts";

/** The rules by group; groups in which all is well are closed. */
export function RuleGroups({ groups, now }: { groups: readonly RuleGroup[]; now: number }): VNode {
  if (groups.length === 0) {
    return (
      <p class="faint">This Prometheus has no rules: name files of rules in its configuration.</p>
    );
  }
  return (
    <>
      {groups.map((group) => <Group key={`${group.file} ${group.name}`} group={group} now={now} />)}
    </>
  );
}

function Group({ group, now }: { group: RuleGroup; now: number }): VNode {
  const { name, rules, interval, lastEvaluation, evaluationTime } = group;
  const failed = rules.filter(({ health }) => health === "err").length;
  const firing = rules.filter(({ state }) => state === "firing").length;
  const pending = rules.filter(({ state }) => state === "pending").length;
  return (
    <details class="rule-group" open={failed + firing + pending > 0}>
      <summary>
        <h3>{name}</h3>
        <span class="faint">{rules.length} {rules.length === 1 ? "rule" : "rules"}</span>
        {failed > 0 && <State word={`${failed} failed`} gravity="bad" />}
        {firing > 0 && <State word={`${firing} firing`} gravity="bad" />}
        {pending > 0 && <State word={`${pending} pending`} gravity="warning" />}
        <span class="space" />
        <span class="faint">
          every {duration(interval)}, last {ago(lastEvaluation, now)}
          {evaluationTime !== undefined && `, took ${duration(evaluationTime)}`}
        </span>
      </summary>
      <ul>
        {rulesInOrder(rules).map((rule, at) => (
          <RuleItem key={`${rule.name} ${at}`} rule={rule} now={now} />
        ))}
      </ul>
    </details>
  );
}

function RuleItem({ rule, now }: { rule: Rule; now: number }): VNode {
  const { name, query, health, state, lastError, lastEvaluation, evaluationTime, annotations } =
    rule;
  const runbook = webLink(annotations?.["runbook_url"]);
  const held = rule.duration ?? 0;
  return (
    <li class="rule">
      <header>
        {state !== undefined && <State word={state} gravity={gravityOfState(state)} />}
        {health !== "ok" && (
          <State word={health === "err" ? "failed" : health} gravity={gravityOfHealth(health)} />
        )}
        <h4>{name}</h4>
        {held > 0 && <span class="faint">for {duration(held)}</span>}
        <span class="space" />
        <span class="faint">
          {ago(lastEvaluation, now)}
          {evaluationTime !== undefined && `, took ${duration(evaluationTime)}`}
        </span>
      </header>
      {lastError !== undefined && lastError !== "" && <p class="bad">{lastError}</p>}
      {annotations?.["summary"] !== undefined && <p>{annotations["summary"]}</p>}
      <div class="rule-query">
        <Highlight query={query} fault={undefined} />
        <a href={exploreLink(query)} aria-label={`Explore the query of ${name}`}>Explore</a>
        {runbook !== undefined && (
          <a href={runbook} target="_blank" rel="noopener" aria-label={`Runbook of ${name}`}>
            Runbook
          </a>
        )}
      </div>
      {rule.labels !== undefined && <Labels labels={rule.labels} />}
    </li>
  );
}
