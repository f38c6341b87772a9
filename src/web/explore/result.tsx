import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { useSurroundings } from "../app/context.ts";
import { useFrame } from "../app/dashboard/frame_context.ts";
import { InspectDialog } from "../app/dashboard/inspect_dialog.tsx";
import { usePanelData } from "../app/dashboard/use_panel_data.ts";
import { changeParameters } from "../app/place.ts";
import { Icon } from "../app/ui/icon.tsx";
import { useSize } from "../app/ui/use_size.ts";
import type { PanelData } from "../data/mod.ts";
import { formatWall, type PlacedPanel } from "../model/mod.ts";
import { panelComponent } from "../panels/registry.ts";

/** What came of the queries, as a graph or as a table, with all that Prometheus said about it. */
export function Result({ placed, inspected }: { placed: PlacedPanel; inspected: boolean }): VNode {
  const { theme } = useSurroundings();
  const { zone } = useFrame();
  const body = useRef<HTMLDivElement>(null);
  const size = useSize(body);
  const { data, loading } = usePanelData(placed, { width: size?.width, wanted: true });
  const { panel, key } = placed;
  const Component = panelComponent(panel.type);
  const empty = data?.state === "done" && data.series.length === 0;
  const drawn = data !== undefined && !empty && (data.state !== "error" || data.series.length > 0);
  return (
    <section
      class="panel result"
      aria-label={panel.title}
      aria-busy={loading || data === undefined}
      data-panel-type={panel.type}
      data-state={data?.state ?? "loading"}
      data-empty={empty ? "" : undefined}
    >
      <header>
        <h2>{panel.title}</h2>
        <span class="faint">{aboutOf(panel.type, data, zone)}</span>
        <span class="space" />
        <button
          type="button"
          class="quiet"
          aria-label={`Inspect ${panel.title.toLowerCase()}`}
          onClick={() => changeParameters({ inspect: key }, { replace: true })}
        >
          <Icon name="inspect" />
          Inspect
        </button>
      </header>
      {loading && <div class="loading-bar" />}
      {data !== undefined && <Notices data={data} />}
      <div
        class={`panel-body ${drawn || data === undefined ? "" : "short"}`}
        ref={body}
        style={{ height: drawn ? heightOf(panel.type, data) : undefined }}
      >
        {empty && <p class="nothing">{NOTHING}</p>}
        {drawn && size !== undefined && size.height > 0 && (
          <Component
            panel={panel}
            data={data}
            width={size.width}
            height={size.height}
            theme={theme}
            timeZone={zone}
            crosshair={undefined}
            onZoom={({ from, to }) =>
              changeParameters({ from: String(Math.round(from)), to: String(Math.round(to)) })}
          />
        )}
      </div>
      {inspected && (
        <InspectDialog
          placed={placed}
          data={data}
          onClose={() => changeParameters({ inspect: undefined }, { replace: true })}
        />
      )}
    </section>
  );
}

const NOTHING =
  "No series match. Look for a label's value that does not exist, take a longer time " +
  "range, or let the completion show what there is: Ctrl+Space.";

function aboutOf(type: string, data: PanelData | undefined, zone: string): string {
  if (data === undefined || data.state === "error") return "";
  const count = data.series.length;
  const series = `${count} series`;
  const step = data.queries[0]?.step;
  if (type === "table") {
    const rows = rowsOf(data);
    return `${rows} ${rows === 1 ? "row" : "rows"} at ${formatWall(data.range.to, zone)}`;
  }
  return step === undefined ? series : `${series}, a point every ${step} s`;
}

function rowsOf({ tables, series }: PanelData): number {
  return tables?.[0]?.columns[0]?.values.length ?? series.length;
}

/** A table is as high as its rows, up to a height at which it scrolls. */
function heightOf(type: string, data: PanelData | undefined): string | undefined {
  if (type !== "table" || data === undefined) return undefined;
  return `${Math.min(480, 60 + 28 * rowsOf(data))}px`;
}

function Notices({ data: { error, notices, state } }: { data: PanelData }): VNode {
  return (
    <>
      <div role="alert">
        {error !== undefined && (
          <p class="said bad">
            <Icon name="warning" />
            <span>
              {state === "stale" ? "What is shown is older. " : ""}
              {error}
            </span>
          </p>
        )}
      </div>
      {notices.map((notice) => (
        <p key={notice} class="said" role="status">
          <Icon name="info" />
          <span>{notice}</span>
        </p>
      ))}
    </>
  );
}
