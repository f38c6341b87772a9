import type uPlot from "uplot";
import type { AnnotationMark, TimeRange } from "../../data/series.ts";
import type { Theme } from "../../format/mod.ts";
import type { PopupContent } from "./popup.ts";
import type { TooltipRow } from "./tooltip.ts";

/** What every plot over time has. */
export interface PlotModel {
  /** Plots of the same structure differ in data, range, colours and visibility only. */
  readonly structure: string;
  readonly range: TimeRange;
  readonly theme: Theme;
  readonly timeZone: string;
  readonly annotations: readonly AnnotationMark[];
}

/** What a tooltip says. */
export interface TooltipContent {
  readonly title: string;
  readonly rows: readonly TooltipRow[];
}

/** A place in the plot, in CSS pixels from its left top corner. */
export interface Place {
  readonly left: number;
  readonly top: number;
}

/** How a kind of plot is drawn: as lines, as a heatmap, as a timeline. */
export interface PlotKind<Model extends PlotModel> {
  /** uPlot's options when the plot is made; what changes later is looked up in `current()`. */
  readonly options: (current: () => Model) => Pick<uPlot.Options, "series" | "bands"> & {
    readonly scales: uPlot.Scales;
    /** Beside the time axis. */
    readonly axes: readonly uPlot.Axis[];
    readonly points?: uPlot.Cursor.Points;
  };
  readonly data: (model: Model) => uPlot.AlignedData;
  /** Whether a series (from 0, without time) is drawn. */
  readonly isShown?: (model: Model, series: number) => boolean;
  readonly drawBehind?: (u: uPlot, model: Model) => void;
  readonly drawAbove?: (u: uPlot, model: Model) => void;
  readonly tooltip: (u: uPlot, model: Model, place: Place) => TooltipContent | undefined;
  /** What opens where somebody clicks. */
  readonly popup?: (u: uPlot, model: Model, place: Place) => PopupContent | undefined;
}
