import type { FieldConfig } from "../model/dashboard.ts";
import { colorOf, mixed, type Theme } from "./colors.ts";
import { PALETTE } from "./palette.ts";
import { activeStep, fieldRange, type ValueRange } from "./thresholds.ts";

/** What a colour depends on beside the field's settings. */
export interface ColorOptions {
  readonly theme: Theme;
  /** The value to colour, for modes that go by value. */
  readonly value?: number | null | undefined;
  /** Which series of the panel it is, for palettes. */
  readonly index?: number | undefined;
  readonly name?: string | undefined;
  readonly range?: ValueRange | undefined;
  /** The mode of panels whose JSON has none: time series take the palette, others thresholds. */
  readonly mode?: "thresholds" | "palette-classic" | undefined;
}

const GROUND = { dark: "#161a20", light: "#ffffff" };

/** Colours along each of Grafana's continuous schemes; "" is the panel's ground. */
const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  "continuous-GrYlRd": ["green", "yellow", "red"],
  "continuous-RdYlGr": ["red", "yellow", "green"],
  "continuous-BlYlRd": ["dark-blue", "super-light-yellow", "dark-red"],
  "continuous-YlRd": ["super-light-yellow", "dark-red"],
  "continuous-BlPu": ["blue", "purple"],
  "continuous-YlBl": ["super-light-yellow", "dark-blue"],
  "continuous-blues": ["", "dark-blue"],
  "continuous-reds": ["", "dark-red"],
  "continuous-greens": ["", "dark-green"],
  "continuous-purples": ["", "dark-purple"],
  "continuous-viridis": ["#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"],
  "continuous-magma": ["#000004", "#51127c", "#b73779", "#fc8961", "#fcfdbf"],
  "continuous-plasma": ["#0d0887", "#7e03a8", "#cc4778", "#f89540", "#f0f921"],
  "continuous-inferno": ["#000004", "#57106e", "#bc3754", "#f98e09", "#fcffa4"],
  "continuous-cividis": ["#00224e", "#434e6c", "#7d7c78", "#bcae6c", "#fee838"],
};

/** The CSS colour of a field or of one of its values, by the field's colour mode. */
export function fieldColor(field: FieldConfig, options: ColorOptions): string {
  const { theme, index = 0 } = options;
  const mode = field.color?.mode ?? options.mode ?? "thresholds";
  if (mode === "fixed" || mode === "shades") {
    return colorOf(field.color?.fixedColor ?? "text", theme);
  }
  if (mode === "palette-classic-by-name") return ofPalette(hash(options.name ?? ""), theme);
  if (mode.startsWith("palette-classic")) return ofPalette(index, theme);
  const gradient = gradientOf(mode, theme);
  if (gradient !== undefined) return gradient(shareOf(field, options));
  if (mode !== "thresholds") return ofPalette(index, theme);
  const step = activeStep(options.value ?? NaN, field, options.range);
  return colorOf(step?.color ?? "green", theme);
}

/** Colours from 0 to 1 of a continuous scheme, or undefined where the mode is none. */
export function gradientOf(mode: string, theme: Theme): ((share: number) => string) | undefined {
  const names = SCHEMES[mode];
  if (names === undefined) return undefined;
  const colors = names.map((name) => name === "" ? GROUND[theme] : colorOf(name, theme));
  return (share) => along(colors, share);
}

/** The colour at a place from 0 to 1 in a row of colours. */
export function along(colors: readonly string[], share: number): string {
  const place = Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share)) * (colors.length - 1);
  const at = Math.min(colors.length - 2, Math.floor(place));
  const from = colors[Math.max(0, at)] ?? "#808080";
  return mixed(from, colors[at + 1] ?? from, place - at);
}

function shareOf(field: FieldConfig, { value, range }: ColorOptions): number {
  const { min, max } = fieldRange(field, range);
  return ((value ?? min) - min) / (max - min);
}

function ofPalette(index: number, theme: Theme): string {
  return colorOf(PALETTE[index % PALETTE.length] ?? "green", theme);
}

function hash(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}
