import type { VNode } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { PanelData, TimeRange } from "../../data/series.ts";
import { describePanelRange, type PlacedPanel, resolveLinks } from "../../model/mod.ts";
import { panelComponent } from "../../panels/registry.ts";
import { useSurroundings } from "../context.ts";
import { changeParameters, currentPlace } from "../place.ts";
import { Icon } from "../ui/icon.tsx";
import { useInSight, useSize } from "../ui/use_size.ts";
import { useFrame } from "./frame_context.ts";
import { Hint } from "./hint.tsx";
import { InspectDialog } from "./inspect_dialog.tsx";
import { PanelMenu } from "./panel_menu.tsx";
import { usePanelData } from "./use_panel_data.ts";

/** A panel in its frame: title, state, menu, and what it draws. */
export function PanelFrame(
  { placed, inspected }: { placed: PlacedPanel; inspected: boolean },
): VNode {
  const { ready } = useFrame();
  const section = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const size = useSize(body);
  const inSight = useInSight(section);
  const { data, loading } = usePanelData(placed, {
    width: size?.width,
    wanted: ready && (inSight || inspected),
  });
  const { panel, key } = placed;
  const empty = data?.state === "done" && data.series.length === 0 && panel.targets.length > 0;
  return (
    <section
      ref={section}
      class={`panel ${panel.transparent ? "transparent" : ""}`}
      aria-label={panel.title || `Panel ${key}`}
      aria-busy={loading || data === undefined}
      tabIndex={-1}
      data-panel-id={panel.id}
      data-panel-key={key}
      data-panel-type={panel.type}
      data-state={data?.state ?? "loading"}
      data-empty={empty ? "" : undefined}
    >
      <PanelHead placed={placed} data={data} />
      {loading && <div class="loading-bar" />}
      <div class="panel-body" ref={body}>
        {size !== undefined && size.height > 0 && data !== undefined && (
          <Drawing placed={placed} data={data} width={size.width} height={size.height} />
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

function PanelHead({ placed, data }: { placed: PlacedPanel; data: PanelData | undefined }): VNode {
  const { panel, scope, key } = placed;
  const { dashboards } = useSurroundings();
  const { parameters } = currentPlace();
  const links = resolveLinks(panel.links, { dashboards, scope, parameters, here: "" });
  const ownRange = describePanelRange(panel);
  return (
    <header>
      <h3 title={panel.title}>{panel.title}</h3>
      {panel.description !== undefined && (
        <Hint label={`About ${panel.title}`} text={panel.description} />
      )}
      {links.map(({ title, url, newTab }) => (
        <a key={title} href={url} {...(newTab ? { target: "_blank", rel: "noopener" } : {})}>
          {title}
        </a>
      ))}
      {ownRange !== "" && <span class="faint">{ownRange}</span>}
      <span class="space" />
      <Badge placed={placed} data={data} />
      <PanelMenu panel={panel} panelKey={key} />
    </header>
  );
}

function Badge(
  { placed, data }: { placed: PlacedPanel; data: PanelData | undefined },
): VNode | null {
  const inspect = () => changeParameters({ inspect: placed.key }, { replace: true });
  if (data?.error !== undefined) {
    const word = data.state === "stale" ? "Stale" : "Error";
    return (
      <button type="button" class="badge bad" title={data.error} onClick={inspect}>
        <Icon name="warning" />
        {word}
      </button>
    );
  }
  if (data === undefined || data.notices.length === 0) return null;
  return (
    <button type="button" class="badge" title={data.notices.join("\n")} onClick={inspect}>
      <Icon name="info" />
      Notice
    </button>
  );
}

function Drawing(
  { placed, data, width, height }: {
    placed: PlacedPanel;
    data: PanelData;
    width: number;
    height: number;
  },
): VNode {
  const { theme } = useSurroundings();
  const { annotations, crosshair, sharedTooltip, zone } = useFrame();
  const { panel } = placed;
  const marked = useMemo(
    () => annotations.length === 0 ? data : { ...data, annotations },
    [data, annotations],
  );
  // A round begins for all panels at once: those whose data is still the same are not drawn anew.
  return useMemo(() => {
    const Component = panelComponent(panel.type);
    return data.state === "error" && data.series.length === 0
      ? <PanelError data={data} />
      : (
        <Component
          panel={panel}
          data={marked}
          width={width}
          height={height}
          theme={theme}
          timeZone={zone}
          crosshair={crosshair}
          sharedTooltip={sharedTooltip}
          onZoom={zoom}
        />
      );
  }, [panel, marked, width, height, theme, zone, crosshair, sharedTooltip]);
}

function PanelError({ data }: { data: PanelData }): VNode {
  return (
    <div class="panel-error">
      <Icon name="warning" />
      <p>{data.error}</p>
    </div>
  );
}

function zoom({ from, to }: TimeRange): void {
  changeParameters({ from: String(Math.round(from)), to: String(Math.round(to)) });
}
