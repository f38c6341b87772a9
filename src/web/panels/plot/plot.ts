import uPlot from "uplot";
import type { TimeRange } from "../../data/series.ts";
import { AnnotationButtons, drawAnnotations } from "./annotations.ts";
import { moveCrosshair, onCrosshair } from "./crosshair.ts";
import type { Place, PlotKind, PlotModel } from "./kind.ts";
import { Popup } from "./popup.ts";
import { timeAxis, timeScale } from "./time_axis.ts";
import { Tooltip } from "./tooltip.ts";
import { zonedDate } from "./zoned_date.ts";

/** What a plot shows at one moment, and what it calls. */
export interface PlotState<Model extends PlotModel> {
  readonly model: Model;
  readonly crosshair: string | undefined;
  readonly sharedTooltip: boolean | undefined;
  readonly onZoom: (range: TimeRange) => void;
  /** What a screen reader says of the picture. */
  readonly summary: string;
}

/** Pixels that tell a drag from a click. */
const LEAST_DRAG = 6;

/**
 * A plot over time in an element. It takes new data, colours and sizes as they come; only a change of
 * structure (other axes, other kinds of lines) makes it anew.
 */
export class Plot<Model extends PlotModel> {
  readonly #root: HTMLElement;
  readonly #kind: PlotKind<Model>;
  readonly #tooltip: Tooltip;
  readonly #popup: Popup;
  readonly #marks: AnnotationButtons;
  readonly #follow = (time: number | undefined) => this.#followCrosshair(time);
  #state: PlotState<Model>;
  #plot: uPlot | undefined;
  #stopFollowing: () => void;
  #hovered = false;

  constructor(root: HTMLElement, kind: PlotKind<Model>, state: PlotState<Model>) {
    this.#root = root;
    this.#kind = kind;
    this.#state = state;
    this.#tooltip = new Tooltip(root);
    this.#popup = new Popup(root);
    this.#marks = new AnnotationButtons(this.#popup);
    this.#stopFollowing = onCrosshair(state.crosshair, this.#follow);
  }

  /** Shows another moment. */
  update(state: PlotState<Model>): void {
    const before = this.#state;
    this.#state = state;
    if (before.crosshair !== state.crosshair) {
      this.#stopFollowing();
      this.#stopFollowing = onCrosshair(state.crosshair, this.#follow);
    }
    const plot = this.#plot;
    if (plot === undefined) return;
    if (before.model.structure !== state.model.structure) this.#make(plot.width, plot.height);
    else if (before.model !== state.model) this.#refresh(plot);
    this.#describe();
  }

  /** Fits the plot into its element. An element without room draws nothing. */
  resize(width: number, height: number): void {
    if (width < 20 || height < 20) return;
    if (this.#plot === undefined) this.#make(width, height);
    else if (this.#plot.width !== width || this.#plot.height !== height) {
      this.#plot.setSize({ width, height });
    }
  }

  /** Sets one series (from 0) off against the others, or none. */
  focus(series: number | undefined): void {
    this.#plot?.setSeries(series === undefined ? null : series + 1, { focus: true });
  }

  /** Takes it off the page. */
  destroy(): void {
    this.#leave();
    this.#stopFollowing();
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#tooltip.remove();
    this.#popup.remove();
  }

  #make(width: number, height: number): void {
    this.#plot?.destroy();
    const { model } = this.#state;
    this.#plot = new uPlot(this.#options(width, height), this.#kind.data(model), this.#root);
    this.#plot.ctx.canvas.setAttribute("role", "img");
    this.#describe();
  }

  #refresh(plot: uPlot): void {
    const { model } = this.#state;
    plot.batch(() => {
      for (let at = 0; at < plot.series.length - 1; at++) {
        const show = this.#kind.isShown?.(model, at) ?? true;
        if (plot.series[at + 1]?.show !== show) plot.setSeries(at + 1, { show }, false);
      }
      plot.setData(this.#kind.data(model));
    });
  }

  #describe(): void {
    this.#plot?.ctx.canvas.setAttribute("aria-label", this.#state.summary);
  }

  #options(width: number, height: number): uPlot.Options {
    const current = () => this.#state.model;
    const { scales, axes, points, ...options } = this.#kind.options(current);
    return {
      ...options,
      width,
      height,
      ms: 1,
      tzDate: (ms) => zonedDate(ms, current().timeZone),
      padding: [8, 10, null, null],
      legend: { show: false },
      focus: { alpha: 0.25 },
      scales: { x: timeScale(current), ...scales },
      axes: [timeAxis(current), ...axes],
      cursor: {
        y: false,
        points: points ?? { show: false },
        drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG },
        // The second click of a double click must not end as uPlot's own zoom.
        bind: { dblclick: () => null },
      },
      hooks: {
        init: [(u) => this.#listen(u)],
        drawClear: [(u) => this.#kind.drawBehind?.(u, current())],
        draw: [(u) => this.#draw(u)],
        setCursor: [(u) => this.#moved(u)],
        setSelect: [(u) => this.#selected(u)],
      },
    };
  }

  #listen(u: uPlot): void {
    u.over.addEventListener("mouseenter", () => this.#hovered = true);
    u.over.addEventListener("mouseleave", () => this.#leave());
    u.over.addEventListener("click", (event) => this.#clicked(u, event));
    u.over.addEventListener("dblclick", () => this.#zoomOut());
  }

  #draw(u: uPlot): void {
    const { model } = this.#state;
    this.#kind.drawAbove?.(u, model);
    drawAnnotations(u, model);
    this.#marks.place(u, model);
  }

  #moved(u: uPlot): void {
    const { left = -1, top = -1 } = u.cursor;
    if (!this.#hovered || left < 0) return;
    moveCrosshair(this.#state.crosshair, this.#follow, u.posToVal(left, "x"));
    this.#tell(u, { left, top });
  }

  #leave(): void {
    if (!this.#hovered) return;
    this.#hovered = false;
    this.#tooltip.hide();
    moveCrosshair(this.#state.crosshair, this.#follow, undefined);
  }

  #followCrosshair(time: number | undefined): void {
    const plot = this.#plot;
    if (plot === undefined || this.#hovered) return;
    const left = time === undefined ? -10 : plot.valToPos(time, "x");
    plot.setCursor({ left, top: -10 }, false);
    if (this.#state.sharedTooltip === true) this.#tell(plot, { left, top: 0 });
  }

  #tell(u: uPlot, place: Place): void {
    const rect = u.over.getBoundingClientRect();
    const inSight = rect.bottom > 0 && rect.top < innerHeight;
    const content = place.left < 0 || !inSight
      ? undefined
      : this.#kind.tooltip(u, this.#state.model, place);
    if (content === undefined || content.rows.length === 0) this.#tooltip.hide();
    else {
      const [x, y] = [rect.left + place.left, rect.top + place.top];
      this.#tooltip.show(x, y, content.title, content.rows);
    }
  }

  #selected(u: uPlot): void {
    const { left, width } = u.select;
    if (width < LEAST_DRAG) return;
    const [from, to] = [u.posToVal(left, "x"), u.posToVal(left + width, "x")];
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (to - from >= 1) this.#state.onZoom({ from, to });
  }

  #zoomOut(): void {
    const { from, to } = this.#state.model.range;
    const half = (to - from) / 2;
    this.#state.onZoom({ from: from - half, to: to + half });
  }

  #clicked(u: uPlot, { clientX, clientY }: MouseEvent): void {
    const rect = u.over.getBoundingClientRect();
    const place = { left: clientX - rect.left, top: clientY - rect.top };
    const content = this.#kind.popup?.(u, this.#state.model, place);
    if (content === undefined) return;
    this.#tooltip.hide();
    this.#popup.open(clientX, clientY, content);
  }
}
