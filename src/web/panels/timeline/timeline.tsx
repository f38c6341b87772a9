import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { PanelProps } from "../panel.ts";
import { PlotView } from "../plot/plot_view.tsx";
import { NoData } from "../shared/no_data.tsx";
import { Swatch } from "../shared/swatch.tsx";
import { useSettled } from "../shared/use_settled.ts";
import { record } from "../../model/reading.ts";
import { type TimelineModel, timelineModel } from "./model.ts";
import { TIMELINE } from "./timeline_kind.ts";

const MOST_STATES = 20;

/** States over time: a row for each series. */
export function Timeline(props: PanelProps): JSX.Element {
  const { panel, data, theme, timeZone, crosshair, sharedTooltip, onZoom, height } = props;
  const model = useMemo(
    () => timelineModel({ panel, data, theme, timeZone }),
    [panel, data, theme, timeZone],
  );
  const summary = useSettled(`${panel.title || "States"}: ${describe(model)}`);
  if (model.rows.length === 0) return <NoData data={data} settings={panel.fieldConfig.defaults} />;
  const legend = record(panel.options["legend"])["showLegend"] !== false && height >= 110;
  return (
    <div class="timeline">
      <PlotView kind={TIMELINE} state={{ model, crosshair, sharedTooltip, onZoom, summary }} />
      {legend && <States model={model} />}
    </div>
  );
}

function States({ model }: { model: TimelineModel }): JSX.Element {
  const states = new Map(
    model.rows.flatMap(({ spans }) => spans.map(({ text, color }) => [text, color] as const)),
  );
  return (
    <ul class="legend-list states">
      {[...states].slice(0, MOST_STATES).map(([text, color]) => (
        <li key={text}>
          <Swatch color={color} />
          {text}
        </li>
      ))}
    </ul>
  );
}

function describe({ rows }: TimelineModel): string {
  const states = rows.slice(0, 8).map(({ name, spans }) => `${name} ${spans.at(-1)?.text ?? "-"}`);
  return `${states.join(", ")}; ${rows.length} series`;
}
