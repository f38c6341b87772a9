/** Panels as a reader of the page finds them. */
import { assert } from "@std/assert";
import type { Locator, Page } from "playwright-core";

/** The panel with this title; the first where several have it. */
export function panel(page: Page, title: string): Locator {
  return page.getByRole("region", { name: title, exact: true }).first();
}

/** Every panel of the dashboard that is open, in the order of the page. */
export function panels(page: Page): Locator {
  return page.locator("section[data-panel-id]");
}

/** Waits until the panel has asked and drawn. */
export async function drawn(panel: Locator): Promise<void> {
  await panel.scrollIntoViewIfNeeded();
  await panel.and(panel.page().locator('[data-state="done"]')).waitFor();
}

/** Waits until each panel of the page has drawn. */
export async function allDrawn(page: Page): Promise<void> {
  await panels(page).first().waitFor();
  for (const one of await panels(page).all()) await drawn(one);
}

/** What is wrong with what a panel shows, or undefined. */
export async function whatIsWrong(panel: Locator): Promise<string | undefined> {
  await panel.scrollIntoViewIfNeeded();
  const { type, state, empty, text } = await panel.evaluate((section: HTMLElement) => ({
    type: section.dataset["panelType"] ?? "",
    state: section.dataset["state"] ?? "",
    empty: section.dataset["empty"],
    text: section.innerText,
  }));
  if (state !== "done") return `its state is '${state}': ${text}`;
  if (empty !== undefined) return `it has no data: ${text}`;
  if (["timeseries", "heatmap", "state-timeline"].includes(type)) {
    // Infinity is in no place of a drawing, but in the legend.
    return text.includes("∞") ? undefined : await panel.evaluate(whatIsWrongWithDrawing);
  }
  return /\d|none/.test(text) ? undefined : `it shows no value: ${text}`;
}

/** Runs in the page: looks for the colours of the legend, or where there is none for any colour. */
async function whatIsWrongWithDrawing(section: HTMLElement): Promise<string | undefined> {
  const canvas = section.querySelector("canvas");
  if (canvas === null) return "it has no canvas";
  // A drawing is there after the frame in which it was made.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const { width, height } = canvas;
  if (width === 0 || height === 0) return "its canvas has no size";
  const wanted = [...section.querySelectorAll(".swatch")].map((swatch) =>
    (getComputedStyle(swatch).backgroundColor.match(/\d+/g) ?? []).map(Number)
  );
  // Read from a copy: the page's own canvas is for drawing only, and Chromium says so.
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy?.drawImage(canvas, 0, 0);
  const pixels = copy?.getImageData(0, 0, width, height).data ?? [];
  for (let i = 0; i < pixels.length; i += 4) {
    const [r, g, b, alpha] = [
      pixels[i] ?? 0,
      pixels[i + 1] ?? 0,
      pixels[i + 2] ?? 0,
      pixels[i + 3] ?? 0,
    ];
    if (alpha < 60) continue;
    const isData = wanted.length === 0
      // Axes and grid are grey.
      ? Math.max(r, g, b) - Math.min(r, g, b) > 30
      : wanted.some(([red = 0, green = 0, blue = 0]) =>
        Math.abs(red - r) + Math.abs(green - g) + Math.abs(blue - b) < 60
      );
    if (isData) return undefined;
  }
  return "no series is drawn";
}

/** Fails unless the panel shows data within `limitMs`: a service that has just started has little. */
export async function assertShowsData(panel: Locator, limitMs = 40_000): Promise<void> {
  const title = await panel.getAttribute("aria-label");
  const end = performance.now() + limitMs;
  while (true) {
    const wrong = await whatIsWrong(panel);
    if (wrong === undefined) return;
    assert(performance.now() < end, `the panel '${title}' does not show data: ${wrong}`);
    await panel.page().waitForTimeout(500);
  }
}
