import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { type Dashboard, type PlacedRow, placeRows, resolveLinks } from "../../model/mod.ts";
import { useSurroundings } from "../context.ts";
import { VariablePicker } from "../header/variable_picker.tsx";
import { changeParameters, type Place } from "../place.ts";
import { Icon } from "../ui/icon.tsx";
import { Message } from "../ui/message.tsx";
import { useShortcuts } from "../use_shortcuts.ts";
import { useRetry } from "../connection.tsx";
import { type Frame, FrameProvider } from "./frame_context.ts";
import { Rows } from "./grid.tsx";
import { shownPanels } from "./panel_actions.ts";
import { PanelFrame } from "./panel_frame.tsx";
import { panelShortcuts, rowShortcuts } from "./panel_shortcuts.ts";
import { Toolbar } from "./toolbar.tsx";
import { useAnnotations } from "./use_annotations.ts";
import { useClock } from "./use_clock.ts";
import { type Time, timeShortcuts, useTime } from "./use_time.ts";
import { useVariables, type Variables } from "./use_variables.ts";

/** A dashboard with its controls. */
export function DashboardBody(
  { dashboard, place: { parameters }, onClose }: {
    dashboard: Dashboard;
    place: Place;
    onClose: (() => void) | undefined;
  },
): VNode {
  const interval = parameters.get("refresh") ?? dashboard.refresh;
  const [round, refresh] = useClock(interval);
  const time = useTime(parameters, round.now, { ...dashboard.time, zone: dashboard.timezone });
  const builtins = useMemo(() => ({ __dashboard: dashboard.title }), [dashboard]);
  const { range, zone } = time;
  const repeated = useMemo(() => repeatedNames(dashboard), [dashboard]);
  const asking = { range, round: round.number };
  const variables = useVariables(dashboard.variables, parameters, {
    ...asking,
    builtins,
    repeated,
  });
  const { scope, ready } = variables;
  const annotations = useAnnotations(dashboard.annotations, { ...asking, scope, ready });
  const rows = useMemo(() => placeRows(dashboard.rows, scope), [dashboard, scope]);
  const viewed = parameters.get("viewPanel")?.replace(/^panel-/, "");
  const crosshair = dashboard.graphTooltip === 0 ? undefined : dashboard.uid;
  const sharedTooltip = dashboard.graphTooltip === 2;
  const frame = useMemo<Frame>(
    () => ({
      range,
      round: round.number,
      zone,
      annotations,
      crosshair,
      sharedTooltip,
      ready,
      viewed,
      view: (key) => changeParameters({ viewPanel: key === viewed ? undefined : key }),
    }),
    [range, round, zone, annotations, crosshair, sharedTooltip, ready, viewed],
  );
  useRetry(refresh);
  useShownPanels(rows);
  useShortcuts({
    refresh,
    ...timeShortcuts(time),
    ...panelShortcuts(frame),
    ...rowShortcuts(rows),
    ...(viewed === undefined ? {} : { back: () => changeParameters({ viewPanel: undefined }) }),
  });
  return (
    <FrameProvider value={frame}>
      <h1 class="unseen">{dashboard.title}</h1>
      <Controls
        dashboard={dashboard}
        variables={variables}
        time={time}
        interval={interval}
        refresh={refresh}
        parameters={parameters}
        onClose={onClose}
      />
      <Panels rows={rows} viewed={viewed} parameters={parameters} />
    </FrameProvider>
  );
}

function Controls(
  { dashboard, variables, time, interval, refresh, parameters, onClose }: {
    dashboard: Dashboard;
    variables: Variables;
    time: Time;
    interval: string;
    refresh: () => void;
    parameters: URLSearchParams;
    onClose: (() => void) | undefined;
  },
): VNode {
  const { dashboards } = useSurroundings();
  const { scope, offered } = variables;
  const here = dashboard.uid;
  const links = resolveLinks(dashboard.links, { dashboards, scope, parameters, here });
  return (
    <Toolbar time={time} interval={interval} onRefresh={refresh}>
      {parameters.has("viewPanel") && (
        <button
          type="button"
          onClick={() => changeParameters({ viewPanel: undefined })}
        >
          <Icon name="earlier" />
          All panels
        </button>
      )}
      {dashboard.variables.map((variable) => {
        const selection = scope.variables.get(variable.name);
        return selection && (
          <VariablePicker
            key={variable.name}
            variable={variable}
            selection={selection}
            options={offered.get(variable.name)?.options ?? []}
            error={offered.get(variable.name)?.error}
            onChange={(values) => changeParameters({ [`var-${variable.name}`]: values })}
          />
        );
      })}
      {onClose !== undefined && (
        <span class="from-file">
          from a file
          <button type="button" onClick={onClose}>Close</button>
        </span>
      )}
      {links.length > 0 && (
        <nav class="links" aria-label="Links">
          {links.map(({ title, url, newTab }) => (
            <a key={url} href={url} {...(newTab ? { target: "_blank", rel: "noopener" } : {})}>
              {withoutShared(title, dashboard.title)}
            </a>
          ))}
        </nav>
      )}
    </Toolbar>
  );
}

function repeatedNames({ rows }: Dashboard): Set<string> {
  const repeats = rows.flatMap((row) => [row.repeat, ...row.panels.map(({ repeat }) => repeat)]);
  return new Set(repeats.flatMap((name) => name ?? []));
}

/** `Team / Errors` beside `Team / Calls` is `Errors`. */
function withoutShared(title: string, beside: string): string {
  const end = beside.lastIndexOf(" / ") + 3;
  return end > 3 && title.startsWith(beside.slice(0, end)) ? title.slice(end) : title;
}

function Panels(
  { rows, viewed, parameters }: {
    rows: readonly PlacedRow[];
    viewed: string | undefined;
    parameters: URLSearchParams;
  },
): VNode {
  const inspected = parameters.get("inspect");
  if (viewed !== undefined) {
    const placed = rows.flatMap(({ panels }) => panels).find(({ key }) => key === viewed);
    return placed === undefined
      ? (
        <Message part title={`This dashboard has no panel ${viewed}`}>
          <button
            type="button"
            class="primary"
            onClick={() => changeParameters({ viewPanel: undefined }, { replace: true })}
          >
            Show all panels
          </button>
        </Message>
      )
      : (
        <div class="alone">
          <h2 class="unseen">Panel</h2>
          <PanelFrame placed={placed} inspected={inspected === placed.key} />
        </div>
      );
  }
  if (rows.every(({ panels }) => panels.length === 0)) {
    return (
      <Message part title="This dashboard has no panels">
        <p>Add some in Grafana, export it as JSON and drop the file here.</p>
      </Message>
    );
  }
  return <Rows rows={rows} flipped={flippedOf(parameters)} inspected={inspected} />;
}

function flippedOf(parameters: URLSearchParams): Set<string> {
  return new Set((parameters.get("rows") ?? "").split(",").filter((key) => key !== ""));
}

function useShownPanels(rows: readonly PlacedRow[]): void {
  useEffect(() => {
    for (const { panels } of rows) for (const one of panels) shownPanels.set(one.key, one);
    return () => shownPanels.clear();
  }, [rows]);
}
