import type uPlot from "uplot";
import { timeTickTexts } from "../../format/mod.ts";
import type { PlotModel } from "./kind.ts";
import { FONT, LOOKS, textWidth } from "./look.ts";

type Current = () => PlotModel;

/** Two days: longer ranges need the date beside the time. */
const LONG = 2 * 86_400_000;

/** The time axis. */
export function timeAxis(current: Current): uPlot.Axis {
  return {
    ...axisLook(current, true),
    scale: "x",
    size: 22,
    space: (_, __, from, to) => textWidth(to - from > LONG ? "00/00 00:00" : "00:00:00") + 22,
    values: (_, ticks, __, ___, step) => timeTickTexts(ticks, current().timeZone, step),
  };
}

/** The scale of times: always the range that was asked for, also where there is no data. */
export function timeScale(current: Current): uPlot.Scale {
  return {
    time: true,
    auto: true,
    range: () => [current().range.from, current().range.to],
  };
}

/** What all axes look like. */
export function axisLook(current: Current, grid: boolean): uPlot.Axis {
  const line = { stroke: () => LOOKS[current().theme].grid, width: 1 };
  return {
    font: FONT,
    stroke: () => LOOKS[current().theme].text,
    grid: { ...line, show: grid },
    ticks: { ...line, show: false },
    gap: 5,
  };
}
