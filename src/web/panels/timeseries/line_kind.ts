import type uPlot from "uplot";
import type { PlotKind } from "../plot/kind.ts";
import { valueAxis, valueScale } from "./axis_options.ts";
import { drawExemplars, exemplarAt, exemplarContent } from "./exemplars.ts";
import { bandsOf, lineOptions } from "./line_options.ts";
import type { ChartModel } from "./model.ts";
import { drawThresholds } from "./thresholds_drawing.ts";
import { nearestLine, tooltipContent } from "./tooltip_content.ts";

/** Lines, bars and points. */
export const LINES: PlotKind<ChartModel> = {
  options: (current) => {
    const model = current();
    const color = (_: uPlot, at: number) => current().lines[at - 1]?.color ?? "transparent";
    return {
      scales: Object.fromEntries(model.scales.map((scale) => [scale.key, valueScale(scale)])),
      axes: model.scales.map((scale) => valueAxis(current, scale)),
      series: [{}, ...model.lines.map((_, at) => lineOptions(current, at))],
      bands: bandsOf(model),
      points: { size: 7, width: 1.5, stroke: color, fill: color },
    };
  },
  data: ({ times, lines }) => [
    times as number[],
    ...lines.map(({ row }) => row as (number | null | undefined)[]),
  ],
  isShown: ({ lines }, at) => lines[at]?.hidden !== true,
  drawBehind: drawThresholds,
  drawAbove: drawExemplars,
  tooltip: (u, model, { top }) =>
    tooltipContent({ model, idxs: u.cursor.idxs ?? [], near: nearestLine(u, model, top) }),
  popup: (u, model, place) => {
    const exemplar = exemplarAt(u, model, place);
    return exemplar === undefined ? undefined : exemplarContent(exemplar, model);
  },
};
