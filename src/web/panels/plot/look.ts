import type { Theme } from "../../format/mod.ts";

/** Colours and type of what charts draw on canvas, where style sheets do not reach. */
export interface ChartLook {
  readonly text: string;
  readonly grid: string;
  readonly ground: string;
  readonly exemplar: string;
}

/** Of every text on a canvas. */
export const FONT = '11px Inter, "Helvetica Neue", system-ui, sans-serif';

/** By theme. */
export const LOOKS: Readonly<Record<Theme, ChartLook>> = {
  dark: {
    text: "#b3b5c4",
    grid: "rgba(204, 204, 220, 0.1)",
    ground: "#161a20",
    exemplar: "#8ab8ff",
  },
  light: {
    text: "#55585f",
    grid: "rgba(36, 41, 46, 0.1)",
    ground: "#ffffff",
    exemplar: "#1f60c4",
  },
};

const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** How wide a text is in pixels, in the charts' type. */
export function textWidth(text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    context ??= document.createElement("canvas").getContext("2d");
    if (context === null) return text.length * 6;
    context.font = FONT;
    width = context.measureText(text).width;
    if (widths.size > 5000) widths.clear();
    widths.set(text, width);
  }
  return width;
}

/** The widest of some texts. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, textWidth(text)), 0);
}
