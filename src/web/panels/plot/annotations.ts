import type uPlot from "uplot";
import type { AnnotationMark } from "../../data/series.ts";
import { colorOf, formatTime, withAlpha } from "../../format/mod.ts";
import type { PlotModel } from "./kind.ts";
import type { Popup, PopupContent } from "./popup.ts";

/** More would be a wall of lines, and as many stops for the keyboard. */
const MOST = 100;

/** Draws annotations: a dashed line at each time, a tinted area for each span. */
export function drawAnnotations(u: uPlot, model: PlotModel): void {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const mark of shown(model)) {
    const color = colorOf(mark.color, model.theme);
    const from = u.valToPos(mark.time, "x", true);
    const to = u.valToPos(mark.timeEnd ?? mark.time, "x", true);
    ctx.fillStyle = withAlpha(color, 0.1);
    ctx.fillRect(from, top, to - from, height);
    ctx.strokeStyle = color;
    for (const x of to > from ? [from, to] : [from]) {
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
    }
  }
  ctx.restore();
}

/** Buttons at the foot of annotations, which open what there is to say. */
export class AnnotationButtons {
  readonly #popup: Popup;
  #drawn:
    | { over: HTMLElement; marks: readonly AnnotationMark[]; buttons: HTMLElement[] }
    | undefined;

  constructor(popup: Popup) {
    this.#popup = popup;
  }

  /** Puts them where the plot now has their times. */
  place(u: uPlot, model: PlotModel): void {
    const marks = shown(model);
    if (this.#drawn?.over !== u.over || this.#drawn.marks !== model.annotations) {
      for (const button of this.#drawn?.buttons ?? []) button.remove();
      const buttons = marks.map((mark) => this.#button(mark, model));
      u.over.append(...buttons);
      this.#drawn = { over: u.over, marks: model.annotations, buttons };
    }
    for (const [at, mark] of marks.entries()) {
      const button = this.#drawn.buttons[at];
      const x = u.valToPos(Math.max(mark.time, model.range.from), "x");
      if (button !== undefined) button.style.transform = `translateX(${Math.round(x) - 6}px)`;
    }
  }

  #button(mark: AnnotationMark, { theme, timeZone }: PlotModel): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "annotation-mark";
    button.setAttribute("aria-label", `Annotation: ${mark.title || mark.text}`);
    button.style.color = colorOf(mark.color, theme);
    button.addEventListener("mousedown", (event) => event.stopPropagation());
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      const { left, width, bottom } = button.getBoundingClientRect();
      this.#popup.open(left + width / 2, bottom, contentOf(mark, timeZone));
    });
    return button;
  }
}

function shown({ annotations, range }: PlotModel): readonly AnnotationMark[] {
  const inRange = annotations.filter(({ time, timeEnd = time }) =>
    timeEnd >= range.from && time <= range.to
  );
  return inRange.length > MOST ? inRange.slice(-MOST) : inRange;
}

function contentOf(mark: AnnotationMark, timeZone: string): PopupContent {
  const end = mark.timeEnd === undefined || mark.timeEnd === mark.time
    ? []
    : [{ name: "to", value: formatTime(mark.timeEnd, timeZone) }];
  return {
    title: mark.title || "Annotation",
    text: mark.text,
    rows: [
      { name: end.length === 0 ? "at" : "from", value: formatTime(mark.time, timeZone) },
      ...end,
      ...(mark.tags.length === 0 ? [] : [{ name: "tags", value: mark.tags.join(", ") }]),
    ],
  };
}
