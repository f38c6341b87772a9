import type uPlot from "uplot";
import { formatDuration, formatTime, mixed, textOn, withAlpha } from "../../format/mod.ts";
import type { PlotKind, TooltipContent } from "../plot/kind.ts";
import { FONT, LOOKS, textWidth, widest } from "../plot/look.ts";
import { axisLook } from "../plot/time_axis.ts";
import type { DrawnSpan, TimelineModel } from "./model.ts";

const LONGEST_NAME = 160;

/** Rows of coloured spans. */
export const TIMELINE: PlotKind<TimelineModel> = {
  options: (current) => ({
    scales: { y: { auto: false, dir: -1, range: () => [0, Math.max(1, current().rows.length)] } },
    axes: [{
      ...axisLook(current, false),
      scale: "y",
      side: 3,
      splits: () => current().rows.map((_, at) => at + 0.5),
      values: () => names(current()),
      size: () => Math.ceil(widest(names(current()))) + 12,
    }],
    series: [{}, { scale: "y", paths: () => null, points: { show: false } }],
  }),
  data: ({ times }) => [times as number[], times.map(() => null)],
  drawAbove: drawRows,
  tooltip: (u, model, { left, top }) => {
    const row = model.rows[Math.floor(u.posToVal(top, "y"))];
    const time = u.posToVal(left, "x");
    const span = row?.spans.find(({ from, to }) => time >= from && time < to);
    return row === undefined || span === undefined ? undefined : spanTooltip(model, row.name, span);
  },
};

function drawRows(u: uPlot, model: TimelineModel): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = scaledFont();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const place = Math.abs(u.valToPos(1, "y", true) - u.valToPos(0, "y", true));
  const height = Math.max(2, place * model.rowHeight);
  for (const [at, { spans }] of model.rows.entries()) {
    const top = u.valToPos(at + 0.5, "y", true) - height / 2;
    for (const span of spans) drawSpan(u, model, span, top, height);
  }
  ctx.restore();
}

function drawSpan(
  u: uPlot,
  model: TimelineModel,
  span: DrawnSpan,
  top: number,
  height: number,
): void {
  const { ctx } = u;
  const left = u.valToPos(span.from, "x", true);
  const width = u.valToPos(span.to, "x", true) - left - model.gap * devicePixelRatio;
  ctx.fillStyle = withAlpha(span.color, model.fillOpacity);
  ctx.fillRect(left, top, Math.max(1, width), height);
  const room = textWidth(span.text) * devicePixelRatio + 8 * devicePixelRatio;
  const fits = room < width && height > 14 * devicePixelRatio;
  if (model.showValue === "never" || (model.showValue === "auto" && !fits)) return;
  ctx.fillStyle = textOn(mixed(LOOKS[model.theme].ground, span.color, model.fillOpacity));
  const from = Math.max(left, u.bbox.left) + 4 * devicePixelRatio;
  ctx.fillText(span.text, from, top + height / 2, Math.max(1, width));
}

function spanTooltip(
  { timeZone }: TimelineModel,
  name: string,
  { from, to, text, color }: DrawnSpan,
): TooltipContent {
  return {
    title: `${formatTime(from, timeZone)} – ${formatTime(to, timeZone, "time")}`,
    rows: [
      { color, name, value: text },
      { name: "Duration", value: formatDuration(to - from) },
    ],
  };
}

function names({ rows }: TimelineModel): string[] {
  return rows.map(({ name }) => shortened(name));
}

function shortened(name: string): string {
  let text = name;
  while (text.length > 4 && textWidth(text) > LONGEST_NAME) text = `${text.slice(0, -2)}…`;
  return text;
}

function scaledFont(): string {
  return FONT.replace(/^(\d+)px/, (_, size: string) => `${Number(size) * devicePixelRatio}px`);
}
