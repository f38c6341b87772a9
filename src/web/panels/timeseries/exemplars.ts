import type uPlot from "uplot";
import type { ExemplarPoint } from "../../data/series.ts";
import { formatTime, formatValue, valueText } from "../../format/mod.ts";
import { LOOKS } from "../plot/look.ts";
import type { Place } from "../plot/kind.ts";
import type { PopupContent } from "../plot/popup.ts";
import type { ChartModel, Line } from "./model.ts";

const TRACE_LABELS = ["trace_id", "traceID", "traceId", "TraceID"];
const RADIUS = 4;
const REACH = 8;

/** Draws exemplars as diamonds. Those above or below the axis are drawn at its end. */
export function drawExemplars(u: uPlot, model: ChartModel): void {
  if (model.exemplars.length === 0) return;
  const { ctx } = u;
  const look = LOOKS[model.theme];
  const size = RADIUS * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = look.exemplar;
  ctx.strokeStyle = look.ground;
  ctx.lineWidth = devicePixelRatio;
  for (const exemplar of model.exemplars) {
    const place = placeOf(u, model, exemplar);
    if (place === undefined) continue;
    const [x, y] = [
      place.x * devicePixelRatio + u.bbox.left,
      place.y * devicePixelRatio + u.bbox.top,
    ];
    ctx.beginPath();
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y + size);
    ctx.lineTo(x - size, y);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

/** The exemplar under a place of the plot, in CSS pixels. */
export function exemplarAt(
  u: uPlot,
  model: ChartModel,
  { left, top }: Place,
): ExemplarPoint | undefined {
  let nearest: ExemplarPoint | undefined;
  let least = REACH;
  for (const exemplar of model.exemplars) {
    const place = placeOf(u, model, exemplar);
    if (place === undefined) continue;
    const distance = Math.hypot(place.x - left, place.y - top);
    if (distance <= least) [least, nearest] = [distance, exemplar];
  }
  return nearest;
}

/** What is known of an exemplar; its trace is a link where something shows traces. */
export function exemplarContent(
  { time, value, labels, seriesLabels }: ExemplarPoint,
  { lines, timeZone, traceUrl }: ChartModel,
): PopupContent {
  const settings = lines[0]?.field.settings ?? {};
  return {
    title: "Exemplar",
    rows: [
      { name: "value", value: valueText(formatValue(value, settings)) },
      { name: "time", value: formatTime(time, timeZone, "milliseconds") },
      ...Object.entries(labels).map(([name, text]) => ({
        name,
        value: text,
        url: TRACE_LABELS.includes(name) ? traceUrl?.(text) : undefined,
      })),
      ...Object.entries(seriesLabels).map(([name, text]) => ({ name, value: text })),
    ],
  };
}

function placeOf(
  u: uPlot,
  { lines, range }: ChartModel,
  { refId, time, value }: ExemplarPoint,
): { x: number; y: number } | undefined {
  if (time < range.from || time > range.to) return undefined;
  const line: Line | undefined = lines.find(({ field }) => field.series.refId === refId) ??
    lines[0];
  if (line === undefined) return undefined;
  const height = u.bbox.height / devicePixelRatio;
  const y = u.valToPos(value, line.scale);
  return { x: u.valToPos(time, "x"), y: Math.min(height, Math.max(0, y)) };
}
