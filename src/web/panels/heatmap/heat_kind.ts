import type uPlot from "uplot";
import { formatTime, formatValue, valueText } from "../../format/mod.ts";
import { FONT, widest } from "../plot/look.ts";
import type { Place, PlotKind, TooltipContent } from "../plot/kind.ts";
import { axisLook } from "../plot/time_axis.ts";
import { tickTexts } from "../timeseries/ticks.ts";
import { stepOf } from "./heat_colors.ts";
import type { HeatModel } from "./model.ts";

/** Cells over time: a column a step, a row a bucket. */
export const HEAT: PlotKind<HeatModel> = {
  options: (current) => ({
    scales: {
      y: { auto: false, dir: current().reversed ? -1 : 1, range: () => [0, current().rows.length] },
    },
    axes: [{
      ...axisLook(current, false),
      scale: "y",
      side: 3,
      splits: () => boundaries(current()),
      values: () => boundaryTexts(current()),
      size: () => Math.ceil(widest(boundaryTexts(current()))) + 12,
      font: FONT,
    }],
    series: [{}, { scale: "y", paths: () => null, points: { show: false } }],
  }),
  data: ({ times }) => [times as number[], times.map(() => null)],
  drawAbove: drawCells,
  tooltip: cellTooltip,
};

function drawCells(u: uPlot, model: HeatModel): void {
  const { times, rows, step, colors, min, max, hideFrom } = model;
  const { ctx, bbox } = u;
  const gap = model.gap * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  // One path for each colour: far fewer calls than one for each cell.
  const paths = new Map<number, Path2D>();
  const lefts = times.map((time) => u.valToPos(time - step, "x", true));
  const rights = times.map((time) => u.valToPos(time, "x", true));
  for (const [row, { values }] of rows.entries()) {
    const [one, other] = [u.valToPos(row, "y", true), u.valToPos(row + 1, "y", true)];
    const [top, bottom] = one < other ? [one, other] : [other, one];
    for (let at = 0; at < times.length; at++) {
      const value = values[at];
      if (value === null || value === undefined) continue;
      if (!(value > hideFrom.le) || !(value < hideFrom.ge)) continue;
      const color = stepOf(value, min, max, colors.steps.length);
      let path = paths.get(color);
      if (path === undefined) paths.set(color, path = new Path2D());
      const left = lefts[at] ?? 0;
      const width = (rights[at] ?? 0) - left;
      const inset = width > 4 * gap ? gap : 0;
      path.rect(left, top, Math.max(1, width - inset), Math.max(1, bottom - top - gap));
    }
  }
  for (const [color, path] of paths) {
    ctx.fillStyle = colors.steps[color] ?? "";
    ctx.fill(path);
  }
  ctx.restore();
}

/** Where rows meet, thinned out until their texts have room. */
function boundaries({ rows }: HeatModel): number[] {
  return rows.map((_, at) => at + 1);
}

function boundaryTexts(model: HeatModel): string[] {
  const { rows } = model;
  const every = Math.max(1, Math.ceil(rows.length / 12));
  return rows.map((row, at) =>
    at % every === every - 1 ? boundText(model, row.upper, row.name) : ""
  );
}

function boundText({ bounds }: HeatModel, bound: number, name: string): string {
  if (bound === Infinity) return "+Inf";
  return Number.isNaN(bound) ? name : tickTexts([bound], bounds)[0] ?? "";
}

function cellTooltip(u: uPlot, model: HeatModel, { left, top }: Place): TooltipContent | undefined {
  if (!model.tooltip) return undefined;
  const time = u.posToVal(left, "x");
  const at = model.times.findIndex((end) => time > end - model.step && time <= end);
  const row = Math.floor(u.posToVal(top, "y"));
  const bucket = model.rows[row];
  const end = model.times[at];
  if (bucket === undefined || end === undefined) return undefined;
  const value = bucket.values[at] ?? null;
  const upper = boundText(model, bucket.upper, bucket.name);
  const lower = boundText(model, bucket.lower, "");
  const color = value === null
    ? undefined
    : model.colors.steps[stepOf(value, model.min, model.max, model.colors.steps.length)];
  return {
    title: `${formatTime(end - model.step, model.timeZone)} – ${
      formatTime(end, model.timeZone, "time")
    }`,
    rows: [{
      color,
      name: Number.isFinite(bucket.lower) ? `${lower} – ${upper}` : upper,
      value: valueText(formatValue(value, model.counts)),
    }],
  };
}
