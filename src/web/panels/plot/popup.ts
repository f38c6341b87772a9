/** A line of a popup: a name with its value, and where that leads. */
export interface PopupRow {
  readonly name: string;
  readonly value: string;
  readonly url?: string | undefined;
}

/** What a popup says. */
export interface PopupContent {
  readonly title: string;
  readonly text?: string | undefined;
  readonly rows: readonly PopupRow[];
}

/** What opens at a mark of a chart; Escape or a click elsewhere closes it. */
export class Popup {
  readonly #root: HTMLElement;

  constructor(parent: HTMLElement) {
    this.#root = document.createElement("div");
    this.#root.className = "chart-popup";
    this.#root.popover = "auto";
    this.#root.setAttribute("role", "dialog");
    parent.append(this.#root);
  }

  /** Opens it under a place of the window; the focus goes to its first link. */
  open(x: number, y: number, content: PopupContent): void {
    this.#root.setAttribute("aria-label", content.title);
    this.#root.replaceChildren(...elements(content));
    this.#root.showPopover();
    const { offsetWidth, offsetHeight } = this.#root;
    const { innerWidth, innerHeight } = globalThis;
    const left = Math.max(4, Math.min(x - offsetWidth / 2, innerWidth - offsetWidth - 4));
    const top = y + 8 + offsetHeight > innerHeight ? y - 8 - offsetHeight : y + 8;
    this.#root.style.transform = `translate(${left}px, ${Math.max(4, top)}px)`;
    this.#root.querySelector("a")?.focus();
  }

  /** Removes it from the document. */
  remove(): void {
    this.#root.remove();
  }
}

function elements({ title, text, rows }: PopupContent): HTMLElement[] {
  const heading = document.createElement("strong");
  heading.textContent = title;
  const found: HTMLElement[] = [heading];
  if (text !== undefined && text !== "") {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    found.push(paragraph);
  }
  if (rows.length > 0) {
    const list = document.createElement("dl");
    for (const row of rows) list.append(...rowElements(row));
    found.push(list);
  }
  return found;
}

function rowElements({ name, value, url }: PopupRow): HTMLElement[] {
  const term = document.createElement("dt");
  term.textContent = name;
  const description = document.createElement("dd");
  if (url === undefined) {
    description.textContent = value;
  } else {
    const link = document.createElement("a");
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = value;
    description.append(link);
  }
  return [term, description];
}
