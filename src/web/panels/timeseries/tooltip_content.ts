import type uPlot from "uplot";
import { formatTime, formatValue, valueText } from "../../format/mod.ts";
import type { TooltipContent } from "../plot/kind.ts";
import type { ChartModel, Line } from "./model.ts";

/** What a tooltip is about. */
export interface TooltipInput {
  readonly model: ChartModel;
  /** By uPlot's series, of which the first is time: where each has its point at the pointer. */
  readonly idxs: readonly (number | null)[];
  /** The line that is nearest to the pointer. */
  readonly near: number | undefined;
}

/** Values at the pointer's time: of the nearest line, or of all, sorted as the panel asks. */
export function tooltipContent(
  { model, idxs, near }: TooltipInput,
): TooltipContent | undefined {
  const { tooltip } = model;
  if (tooltip.mode === "none") return undefined;
  const points = model.lines.flatMap((line, at) => {
    const value = line.values[idxs[at + 1] ?? -1];
    const wanted = tooltip.mode === "multi" || at === near;
    return wanted && isShown(line, value, tooltip.hideZeros) ? [{ line, value, at }] : [];
  });
  if (tooltip.sort !== "none") {
    const sign = tooltip.sort === "asc" ? 1 : -1;
    points.sort((one, other) => sign * ((one.value ?? 0) - (other.value ?? 0)));
  }
  const at = idxs.find((idx, series) => series > 0 && idx !== null) ?? idxs[0];
  const time = model.times[at ?? -1];
  return {
    title: time === undefined ? "" : timeText(model, time),
    rows: points.map(({ line, value, at }) => ({
      color: line.color,
      name: line.field.name,
      value: valueText(formatValue(value, line.field.settings, { timeZone: model.timeZone })),
      near: tooltip.mode === "multi" && at === near,
    })),
  };
}

/** The line whose point at the pointer's time is nearest to its height, in pixels of the plot. */
export function nearestLine(u: uPlot, model: ChartModel, top: number): number | undefined {
  let nearest: number | undefined;
  let least = Infinity;
  for (const [at, { hidden, row, scale }] of model.lines.entries()) {
    const value = row[u.cursor.idxs?.[at + 1] ?? -1];
    if (hidden || typeof value !== "number") continue;
    const distance = Math.abs(u.valToPos(value, scale) - top);
    if (distance < least) [least, nearest] = [distance, at];
  }
  return nearest;
}

function isShown({ hidden, settings }: Line, value: unknown, hideZeros: boolean): boolean {
  if (hidden || !settings.inTooltip || typeof value !== "number") return false;
  return !(hideZeros && value === 0);
}

function timeText({ timeZone, range }: ChartModel, time: number): string {
  return formatTime(time, timeZone, range.to - range.from < 10_000 ? "milliseconds" : "full");
}
