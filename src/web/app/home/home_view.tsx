import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { Alert, ScrapeTarget } from "../../data/mod.ts";
import type { PlacedPanel } from "../../model/mod.ts";
import { useRetry } from "../connection.tsx";
import { useSurroundings } from "../context.ts";
import { type Frame, FrameProvider } from "../dashboard/frame_context.ts";
import { Grid } from "../dashboard/grid.tsx";
import { HOME_DASHBOARDS, loadDashboard } from "../dashboard/load_dashboard.ts";
import { shownPanels } from "../dashboard/panel_actions.ts";
import { panelShortcuts } from "../dashboard/panel_shortcuts.ts";
import { Toolbar } from "../dashboard/toolbar.tsx";
import { useClock } from "../dashboard/use_clock.ts";
import { timeShortcuts, useTime } from "../dashboard/use_time.ts";
import { goTo, type Place, urlOf, withChanges } from "../place.ts";
import { Icon } from "../ui/icon.tsx";
import { useShortcuts } from "../use_shortcuts.ts";
import { glanceOf, placeOfKey } from "./glance.ts";
import { seriousAlerts, type Verdict, verdictOf } from "./verdict.ts";

const DEFAULTS = { from: "now-1h", to: "now", zone: "browser" };

/** Is the service well? And where to look further. */
export function HomeView({ place: { parameters } }: { place: Place }): VNode {
  const interval = parameters.get("refresh") ?? "10s";
  const [round, refresh] = useClock(interval);
  const time = useTime(parameters, round.now, DEFAULTS);
  const { range, zone } = time;
  const panels = useGlance();
  const frame = useMemo<Frame>(() => ({
    range,
    round: round.number,
    zone,
    annotations: [],
    crosshair: undefined,
    ready: true,
    viewed: undefined,
    view: (key) => {
      const { name, id } = placeOfKey(key);
      goTo(urlOf(`/d/${name}`, withChanges(parameters, { viewPanel: id })));
    },
  }), [range, round, zone]);
  useRetry(refresh);
  useShortcuts({ refresh, ...timeShortcuts(time), ...panelShortcuts(frame) });
  return (
    <FrameProvider value={frame}>
      <Toolbar time={time} interval={interval} onRefresh={refresh}>
        <h1>Is the service well?</h1>
      </Toolbar>
      <Health round={round.number} />
      <div class="glance">
        <h2 class="unseen">At a glance</h2>
        <Grid panels={panels} inspected={parameters.get("inspect")} />
      </div>
      <Cards />
    </FrameProvider>
  );
}

/** The panels at the top, from the dashboards that have them. */
function useGlance(): readonly PlacedPanel[] {
  const { dashboards } = useSurroundings();
  const [panels, setPanels] = useState<readonly PlacedPanel[]>([]);
  useLayoutEffect(() => {
    const abort = new AbortController();
    const wanted = dashboards.filter(({ name }) => HOME_DASHBOARDS.includes(name));
    const load = async ({ name }: { name: string }) => ({
      name,
      dashboard: (await loadDashboard(name, dashboards, abort.signal)).dashboard,
    });
    Promise.allSettled(wanted.map(load)).then((results) => {
      if (abort.signal.aborted) return;
      const loaded = results.flatMap((one) => one.status === "fulfilled" ? [one.value] : []);
      setPanels(glanceOf(loaded));
    });
    return () => abort.abort();
  }, [dashboards]);
  useEffect(() => {
    for (const one of panels) shownPanels.set(one.key, one);
    return () => shownPanels.clear();
  }, [panels]);
  return panels;
}

interface Found {
  readonly verdict: Verdict;
  readonly alerts: readonly Alert[];
}

function Health({ round }: { round: number }): VNode {
  const { client } = useSurroundings();
  const [found, setFound] = useState<Found | Error>();
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    Promise.all([client.alerts({ signal }), client.targets({ signal })]).then(
      ([alerts, targets]) => setFound(judge(alerts, targets)),
      (error) => {
        if (!signal.aborted) setFound(error instanceof Error ? error : new Error(String(error)));
      },
    );
    return () => abort.abort();
  }, [client, round]);
  if (found === undefined) return <p class="verdict" role="status">Looking …</p>;
  if (found instanceof Error) {
    return (
      <div class="verdict unknown" role="status">
        <Icon name="warning" />
        <div>
          <strong>Nobody knows</strong>
          <span>{found.message}</span>
        </div>
      </div>
    );
  }
  const { verdict, alerts } = found;
  return (
    <>
      <div class={`verdict ${verdict.level}`} role="status">
        <Icon name={verdict.level === "good" ? "good" : "warning"} />
        <div>
          <strong>{verdict.title}</strong>
          <span>{verdict.detail}</span>
        </div>
        <a href="/alerts">Targets and alerts</a>
      </div>
      {alerts.length > 0 && (
        <ul class="firing" aria-label="Alerts">
          {alerts.slice(0, MOST_ALERTS).map((alert) => (
            <AlertLine key={JSON.stringify(alert.labels)} alert={alert} />
          ))}
          {alerts.length > MOST_ALERTS && (
            <li>
              <a href="/alerts">{alerts.length - MOST_ALERTS} more</a>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

const MOST_ALERTS = 5;

function judge(alerts: readonly Alert[], targets: readonly ScrapeTarget[]): Found {
  return { verdict: verdictOf(alerts, targets), alerts: seriousAlerts(alerts) };
}

function AlertLine({ alert: { labels, annotations, state, activeAt } }: { alert: Alert }): VNode {
  return (
    <li class={state}>
      <span class="state">{state}</span>
      <strong>{labels["alertname"]}</strong>
      <span>{annotations["summary"] ?? annotations["description"] ?? ""}</span>
      {activeAt !== undefined && (
        <time class="faint" dateTime={activeAt}>
          since {new Date(activeAt).toLocaleTimeString()}
        </time>
      )}
    </li>
  );
}

function Cards(): VNode {
  const { dashboards } = useSurroundings();
  return (
    <section class="cards" aria-labelledby="dashboards">
      <h2 id="dashboards">Dashboards</h2>
      <ul>
        {dashboards.map(({ name, title, description, tags }) => (
          <li key={name}>
            <a href={`/d/${name}`}>
              <strong>{title}</strong>
              <span>{description}</span>
              <span class="tags">{tags.map((tag) => <em key={tag}>{tag}</em>)}</span>
            </a>
          </li>
        ))}
      </ul>
      <p class="faint">
        {dashboards.length === 0 ? "The service carries no dashboards. " : ""}
        Any Grafana dashboard opens here too: drop its JSON on the page.
      </p>
    </section>
  );
}
