import { BarGauge } from "./bargauge/bar_gauge.tsx";
import { Gauge } from "./gauge/gauge.tsx";
import { Heatmap } from "./heatmap/heatmap.tsx";
import type { PanelComponent } from "./panel.ts";
import { Stat } from "./stat/stat.tsx";
import { Table } from "./table/table.tsx";
import { Text } from "./text/text.tsx";
import { Timeline } from "./timeline/timeline.tsx";
import { TimeSeries } from "./timeseries/timeseries.tsx";
import { Unsupported } from "./unsupported.tsx";

const COMPONENTS: ReadonlyMap<string, PanelComponent> = new Map<string, PanelComponent>([
  ["bargauge", BarGauge],
  ["gauge", Gauge],
  ["heatmap", Heatmap],
  ["stat", Stat],
  ["state-timeline", Timeline],
  ["status-history", Timeline],
  ["table", Table],
  ["text", Text],
  ["timeseries", TimeSeries],
]);

/** What draws panels of a type; for a type that nothing draws, a panel that says so and shows the data. */
export function panelComponent(type: string): PanelComponent {
  return COMPONENTS.get(type) ?? Unsupported;
}
