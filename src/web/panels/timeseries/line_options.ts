import uPlot from "uplot";
import { mixed, withAlpha } from "../../format/mod.ts";
import { LOOKS } from "../plot/look.ts";
import type { ChartModel, Line } from "./model.ts";
import type { SeriesSettings } from "./settings.ts";

type Paint = CanvasGradient | string;

/** uPlot's settings of one line. Colours are looked up while drawing, as they change with the theme. */
export function lineOptions(current: () => ChartModel, at: number): uPlot.Series {
  const model = current();
  const line = model.lines[at];
  if (line === undefined) return {};
  const { settings, scale, hidden } = line;
  const now = () => current().lines[at] ?? line;
  const isPoints = settings.drawStyle === "points";
  const paths = pathsOf(settings);
  return {
    scale,
    show: !hidden,
    auto: true,
    width: isPoints ? 0 : settings.lineWidth,
    stroke: (u) => strokeOf(u, now()),
    fill: (u) => isPoints ? "transparent" : fillOf(u, now()),
    ...(settings.dash === undefined ? {} : { dash: [...settings.dash] }),
    ...(paths === undefined ? {} : { paths }),
    points: pointsOf(now),
    value: () => "",
  };
}

/** Areas between stacked lines, or down to the line that `fillBelowTo` names. */
export function bandsOf({ lines }: ChartModel): uPlot.Band[] {
  return lines.flatMap(({ below, settings }, at) =>
    below === undefined || settings.drawStyle === "points" ? [] : [{ series: [at + 1, below + 1] }]
  );
}

function pathsOf(settings: SeriesSettings): uPlot.Series.PathBuilder | undefined {
  const { paths } = uPlot;
  if (settings.drawStyle === "points") return () => null;
  if (settings.drawStyle === "bars") {
    return paths.bars?.({ size: [settings.barWidth, 200, 1], align: settings.barAlignment });
  }
  switch (settings.interpolation) {
    case "smooth":
      return paths.spline?.();
    case "stepBefore":
      return paths.stepped?.({ align: -1 });
    case "stepAfter":
      return paths.stepped?.({ align: 1 });
    case "linear":
      return paths.linear?.();
  }
}

function pointsOf(now: () => Line): uPlot.Series.Points {
  const { settings } = now();
  const color = () => now().color;
  const base = { size: settings.pointSize, stroke: color, fill: color };
  if (settings.drawStyle === "points" || settings.showPoints === "always") {
    return { ...base, show: true };
  }
  if (settings.drawStyle === "bars") return { show: false };
  const isolated = (_: uPlot, __: number, shown: boolean) => shown ? null : lonely(now().row);
  if (settings.showPoints === "never") return { ...base, show: false, filter: isolated };
  return { ...base, space: settings.pointSize * 4, filter: isolated };
}

/** Points that no line reaches: what has a gap on both sides would not be seen. */
function lonely(row: Line["row"]): number[] {
  const found: number[] = [];
  for (let at = 0; at < row.length; at++) {
    if (typeof row[at] === "number" && isGap(row, at, -1) && isGap(row, at, 1)) found.push(at);
  }
  return found;
}

function isGap(row: Line["row"], from: number, step: -1 | 1): boolean {
  let at = from + step;
  while (at >= 0 && at < row.length && row[at] === undefined) at += step;
  return typeof row[at] !== "number";
}

function strokeOf(u: uPlot, { color, settings }: Line): Paint {
  if (settings.gradient !== "hue") return color;
  return vertical(u, color, mixed(color, LOOKS.dark.ground, 0.35));
}

function fillOf(u: uPlot, { color, settings }: Line): Paint {
  const { fillOpacity, gradient } = settings;
  if (fillOpacity === 0) return "transparent";
  switch (gradient) {
    case "opacity":
      return vertical(u, withAlpha(color, fillOpacity), withAlpha(color, fillOpacity * 0.1));
    case "hue":
      return vertical(
        u,
        withAlpha(color, fillOpacity),
        withAlpha(mixed(color, "#000000", 0.4), fillOpacity),
      );
    default:
      return withAlpha(color, fillOpacity);
  }
}

function vertical(u: uPlot, top: string, bottom: string): Paint {
  const { top: from, height } = u.bbox;
  // Before the first layout the plot has no size, and its box no numbers.
  if (!Number.isFinite(from) || !Number.isFinite(height)) return top;
  const gradient = u.ctx.createLinearGradient(0, from, 0, from + height);
  gradient.addColorStop(0, top);
  gradient.addColorStop(1, bottom);
  return gradient;
}
