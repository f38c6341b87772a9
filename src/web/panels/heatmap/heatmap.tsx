import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { formatValue, valueText } from "../../format/mod.ts";
import { record } from "../../model/reading.ts";
import type { PanelProps } from "../panel.ts";
import { PlotView } from "../plot/plot_view.tsx";
import { NoData } from "../shared/no_data.tsx";
import { useSettled } from "../shared/use_settled.ts";
import { HEAT } from "./heat_kind.ts";
import { type HeatModel, heatModel } from "./model.ts";

/** How many values fell into which bucket at which time, as colours. */
export function Heatmap(props: PanelProps): JSX.Element {
  const { panel, data, theme, timeZone, crosshair, sharedTooltip, onZoom, height } = props;
  const model = useMemo(
    () => heatModel({ panel, data, theme, timeZone }),
    [panel, data, theme, timeZone],
  );
  const summary = useSettled(`${panel.title || "Heatmap"}: ${describe(model)}`);
  if (model.rows.length === 0) return <NoData data={data} settings={panel.fieldConfig.defaults} />;
  const legend = record(panel.options["legend"])["show"] !== false && height >= 140;
  return (
    <div class="heatmap">
      <PlotView kind={HEAT} state={{ model, crosshair, sharedTooltip, onZoom, summary }} />
      {legend && <Scale model={model} />}
    </div>
  );
}

function Scale({ model }: { model: HeatModel }): JSX.Element {
  const { min, max, colors, counts } = model;
  return (
    <div class="heat-scale">
      <span>{valueText(formatValue(min, counts))}</span>
      <i style={{ background: `linear-gradient(to right, ${colors.steps.join(", ")})` }} />
      <span>{valueText(formatValue(max, counts))}</span>
    </div>
  );
}

/** In which buckets most of the last column lies. */
function describe({ rows, bounds, counts }: HeatModel): string {
  const last = rows.map(({ upper, name, values }) => ({
    name: Number.isFinite(upper) ? `up to ${valueText(formatValue(upper, bounds))}` : name,
    value: values.findLast((value) => value !== null) ?? 0,
  }));
  const most = last.filter(({ value }) => value > 0).sort((one, other) => other.value - one.value)
    .slice(0, 3).map(({ name, value }) => `${name} ${valueText(formatValue(value, counts))}`);
  const words = most.length === 0 ? "nothing in the last step" : `last step: ${most.join(", ")}`;
  return `${words}; ${rows.length} buckets`;
}
