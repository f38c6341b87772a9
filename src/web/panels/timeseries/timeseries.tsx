import type { JSX } from "preact";
import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { formatValue, valueText } from "../../format/mod.ts";
import type { PanelProps } from "../panel.ts";
import type { Plot } from "../plot/plot.ts";
import { PlotView } from "../plot/plot_view.tsx";
import { calculate } from "../shared/calculations.ts";
import { NoData } from "../shared/no_data.tsx";
import { useSettled } from "../shared/use_settled.ts";
import { ExemplarList } from "./exemplar_list.tsx";
import { Legend, type LegendItem } from "./legend.tsx";
import { LINES } from "./line_kind.ts";
import { type ChartModel, chartModel, type Line } from "./model.ts";
import { readChartOptions } from "./settings.ts";
import { summaryOf } from "./summary.ts";
import { toggled } from "./visibility.ts";

/** Below this, a panel has no room for a legend. */
const LEAST_HEIGHT_FOR_LEGEND = 110;

/** Lines, bars or points over time. */
export function TimeSeries(props: PanelProps): JSX.Element {
  const { panel, data, theme, timeZone, crosshair, sharedTooltip, onZoom, traceUrl } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const options = useMemo(() => readChartOptions(panel.options), [panel.options]);
  const model = useMemo(
    () => {
      const { tooltip } = options;
      return chartModel({ panel, data, theme, timeZone, hidden, tooltip, traceUrl });
    },
    [panel, data, theme, timeZone, hidden, options, traceUrl],
  );
  const { calculations } = options.legend;
  const items = useMemo(
    () =>
      model.lines.filter(({ settings }) => settings.inLegend).map((line) =>
        legendItem(line, calculations)
      ),
    [model, calculations],
  );
  const last = items.map((_, at) => lastText(model.lines[at]));
  const summary = useSettled(summaryOf(panel.title, items, last));
  const chart = useRef<Plot<ChartModel> | undefined>(undefined);
  const point = useCallback((name: string | undefined) => {
    const at = model.lines.findIndex(({ field }) => field.name === name);
    chart.current?.focus(at === -1 ? undefined : at);
  }, [model]);

  if (model.lines.length === 0) return <NoData data={data} settings={panel.fieldConfig.defaults} />;
  const { mode, placement } = options.legend;
  return (
    <div class={`timeseries legend-${placement}`}>
      <PlotView
        kind={LINES}
        state={{ model, crosshair, sharedTooltip, onZoom, summary }}
        handle={chart}
      />
      {mode !== "hidden" && props.height >= LEAST_HEIGHT_FOR_LEGEND && (
        <div class="legend">
          <Legend
            items={items}
            mode={mode}
            calculations={calculations}
            sortBy={options.legend.sortBy}
            sortDescending={options.legend.sortDescending}
            onToggle={(name, add) =>
              setHidden(toggled(
                hidden,
                model.lines.map(({ field }) => field.name),
                name,
                add,
              ))}
            onPoint={point}
          />
        </div>
      )}
      <ExemplarList model={model} />
    </div>
  );
}

function legendItem(line: Line, calculations: readonly string[]): LegendItem {
  const { field, color, hidden } = line;
  return {
    name: field.name,
    color,
    hidden,
    values: calculations.map((calculation) => {
      const number = calculate(field.series.values, calculation);
      return { number, text: valueText(formatValue(number, field.settings)) };
    }),
  };
}

function lastText(line: Line | undefined): string {
  if (line === undefined) return "-";
  const { series, settings } = line.field;
  return valueText(formatValue(calculate(series.values, "lastNotNull"), settings));
}
