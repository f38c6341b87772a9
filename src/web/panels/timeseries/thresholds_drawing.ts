import type uPlot from "uplot";
import { colorOf, thresholdValue, withAlpha } from "../../format/mod.ts";
import type { ChartModel, ChartScale } from "./model.ts";

/** Draws the thresholds of each scale behind the data: areas, lines or both, as the first field says. */
export function drawThresholds(u: uPlot, model: ChartModel): void {
  for (const scale of model.scales) {
    const line = model.lines.find((one) => one.scale === scale.key);
    const style = line?.settings.thresholds ?? "off";
    if (line === undefined || style === "off") continue;
    if (style.includes("area")) drawAreas(u, model, scale);
    if (style !== "area") drawLines(u, model, scale, style.includes("dashed"));
  }
}

function drawAreas(u: uPlot, model: ChartModel, scale: ChartScale): void {
  const { left, top, width, height } = u.bbox;
  const places = placesOf(u, scale);
  u.ctx.save();
  for (const [at, { color, y }] of places.entries()) {
    const from = clamp(at === 0 ? top + height : y, top, top + height);
    const to = clamp(places[at + 1]?.y ?? top, top, top + height);
    u.ctx.fillStyle = withAlpha(colorOf(color, model.theme), 0.12);
    u.ctx.fillRect(left, to, width, from - to);
  }
  u.ctx.restore();
}

function drawLines(u: uPlot, model: ChartModel, scale: ChartScale, dashed: boolean): void {
  const { left, top, width, height } = u.bbox;
  u.ctx.save();
  u.ctx.lineWidth = devicePixelRatio;
  if (dashed) u.ctx.setLineDash([8 * devicePixelRatio, 6 * devicePixelRatio]);
  for (const { color, y } of placesOf(u, scale).slice(1)) {
    if (y < top || y > top + height) continue;
    u.ctx.strokeStyle = withAlpha(colorOf(color, model.theme), 0.8);
    u.ctx.beginPath();
    u.ctx.moveTo(left, Math.round(y) + 0.5);
    u.ctx.lineTo(left + width, Math.round(y) + 0.5);
    u.ctx.stroke();
  }
  u.ctx.restore();
}

function placesOf(u: uPlot, { field, key }: ChartScale): { color: string; y: number }[] {
  return (field.thresholds?.steps ?? []).map((step) => {
    const value = thresholdValue(step, field);
    return {
      color: step.color,
      y: Number.isFinite(value) ? u.valToPos(value, key, true) : Infinity,
    };
  });
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
