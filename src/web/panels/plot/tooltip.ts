/** A line of a tooltip. */
export interface TooltipRow {
  readonly color?: string | undefined;
  readonly name: string;
  readonly value: string;
  /** The one that the pointer is nearest to. */
  readonly near?: boolean | undefined;
}

const GAP = 14;

/**
 * What is shown beside the pointer. It is out of the accessibility tree, which has the chart's summary and
 * its legend, and lies over everything, so that no frame cuts it.
 */
export class Tooltip {
  readonly #root: HTMLElement;
  #content = "";

  constructor(parent: HTMLElement) {
    this.#root = document.createElement("div");
    this.#root.className = "chart-tooltip";
    this.#root.popover = "manual";
    this.#root.setAttribute("aria-hidden", "true");
    parent.append(this.#root);
  }

  /** Shows it at a place of the window. */
  show(x: number, y: number, title: string, rows: readonly TooltipRow[]): void {
    const content = JSON.stringify([title, rows]);
    if (content !== this.#content) {
      this.#content = content;
      this.#root.replaceChildren(textElement("div", title, "time"), ...rows.map(rowElement));
    }
    if (!this.#root.matches(":popover-open")) this.#root.showPopover();
    const { offsetWidth, offsetHeight } = this.#root;
    const { innerWidth, innerHeight } = globalThis;
    const left = x + GAP + offsetWidth > innerWidth ? x - GAP - offsetWidth : x + GAP;
    const top = Math.min(y + GAP, innerHeight - offsetHeight - 4);
    this.#root.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  /** Takes it away. */
  hide(): void {
    if (this.#root.matches(":popover-open")) this.#root.hidePopover();
  }

  /** Removes it from the document. */
  remove(): void {
    this.#root.remove();
  }
}

function rowElement({ color, name, value, near }: TooltipRow): HTMLElement {
  const row = document.createElement("div");
  row.className = near === true ? "tooltip-row near" : "tooltip-row";
  const swatch = textElement("i", "", "swatch");
  if (color !== undefined) swatch.style.background = color;
  row.append(swatch, textElement("span", name, "name"), textElement("b", value, "value"));
  return row;
}

function textElement(tag: string, text: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
