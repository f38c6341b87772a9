import type { VNode } from "preact";
import { Icon } from "../app/ui/icon.tsx";
import type { Alert } from "../data/mod.ts";
import { Labels, State } from "./labels.tsx";
import { ago, gravityOfState, inOrderOfGravity, valueText, webLink } from "./words.ts";

/** The alerts that are pending or firing. */
export function AlertList({ alerts, now }: { alerts: readonly Alert[]; now: number }): VNode {
  if (alerts.length === 0) {
    return (
      <p class="all-well">
        <Icon name="good" />
        No alert is pending or firing.
      </p>
    );
  }
  return (
    <ul class="alert-list">
      {inOrderOfGravity(alerts).map((alert) => (
        <AlertItem key={JSON.stringify(alert.labels)} alert={alert} now={now} />
      ))}
    </ul>
  );
}

/** What has a place of its own in an alert. */
const OWN_PLACE = ["summary", "description", "message", "runbook_url", "runbook", "dashboard_url"];

function AlertItem({ alert, now }: { alert: Alert; now: number }): VNode {
  const { labels, annotations, state } = alert;
  const gravity = gravityOfState(state);
  const runbook = webLink(annotations["runbook_url"] ?? annotations["runbook"]);
  const dashboard = webLink(annotations["dashboard_url"]);
  const others = Object.entries(annotations).filter(([name]) => !OWN_PLACE.includes(name));
  const summary = annotations["summary"] ?? annotations["message"];
  return (
    <li class={`alert alert-${gravity}`}>
      <header>
        <State word={state} gravity={gravity} />
        <h3>{labels["alertname"] ?? "Alert"}</h3>
        {labels["severity"] !== undefined && <span class="severity">{labels["severity"]}</span>}
        <span class="space" />
        <time dateTime={alert.activeAt} title={alert.activeAt}>{ago(alert.activeAt, now)}</time>
      </header>
      {summary !== undefined && <p class="summary">{summary}</p>}
      {annotations["description"] !== undefined && <p>{annotations["description"]}</p>}
      {others.map(([name, text]) => (
        <p key={name}>
          <span class="faint">{name}:</span> {text}
        </p>
      ))}
      <footer>
        <span>
          <span class="faint">value</span> {valueText(alert.value)}
        </span>
        <Labels labels={labels} hidden={["alertname", "severity"]} />
        <span class="space" />
        {dashboard !== undefined && <a href={dashboard}>Dashboard</a>}
        {runbook !== undefined && (
          <a href={runbook} target="_blank" rel="noopener">
            Runbook
          </a>
        )}
      </footer>
    </li>
  );
}
