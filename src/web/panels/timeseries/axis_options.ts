import uPlot from "uplot";
import { FONT, widest } from "../plot/look.ts";
import { axisLook } from "../plot/time_axis.ts";
import type { ChartModel, ChartScale } from "./model.ts";
import { linearEnds } from "./scales.ts";
import { tickSteps, tickTexts } from "./ticks.ts";

const SIDES = { right: 1, left: 3 };

/** The axis of a scale of values. */
export function valueAxis(current: () => ChartModel, scale: ChartScale): uPlot.Axis {
  const { axis, field, grid, side, key } = scale;
  const steps = tickSteps(field.unit);
  return {
    ...axisLook(current, grid),
    scale: key,
    show: side !== "none",
    side: side === "right" ? SIDES.right : SIDES.left,
    size: (_, values) => axis.width ?? Math.ceil(widest(values ?? [])) + 12,
    // About eight ticks, fewer where there is no room for them.
    space: (_, __, ___, ____, room) => Math.max(24, room / 10),
    values: (_, ticks) => textsOf(ticks, scale),
    ...(scale.settings.kind === "linear" ? { incrs: [...steps] } : {}),
    ...(axis.label === ""
      ? {}
      : { label: axis.label, labelSize: 18, labelGap: 0, labelFont: FONT }),
  };
}

/** A scale of values, by its field's ends. */
export function valueScale({ settings }: ChartScale): uPlot.Scale {
  const { kind, logBase, linearThreshold, min, max } = settings;
  if (kind === "log") {
    return {
      distr: 3,
      log: logBase,
      range: (_, from, to) => {
        const [low, high] = uPlot.rangeLog(
          positive(min ?? from),
          positive(max ?? to),
          logBase,
          true,
        );
        return [low, high];
      },
    };
  }
  if (kind === "symlog") return { distr: 4, log: logBase, asinh: linearThreshold };
  return { distr: 1, range: (_, from, to) => linearEnds(from, to, settings) };
}

/** A logarithmic axis has ticks without a text between its powers: null. */
function textsOf(ticks: readonly (number | null)[], { field, settings }: ChartScale): string[] {
  const shown = ticks.filter((tick) => tick !== null);
  const texts = tickTexts(shown, field, settings.kind === "linear");
  return ticks.map((tick) => tick === null ? "" : texts[shown.indexOf(tick)] ?? "");
}

function positive(value: number | null | undefined): number {
  return value === null || value === undefined || value <= 0 ? 0.001 : value;
}
