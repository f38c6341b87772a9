import { NAMED } from "./palette.ts";

/** The page's two looks. */
export type Theme = "dark" | "light";

type Rgb = readonly [number, number, number];

const GREY: Rgb = [128, 128, 128];
const CSS_NAMES: ReadonlyMap<string, Rgb> = new Map([
  ["black", [0, 0, 0]],
  ["white", [255, 255, 255]],
  ["gray", GREY],
  ["grey", GREY],
]);

/** The CSS colour of a name in Grafana's palette; another colour stays what it is. */
export function colorOf(name: string, theme: Theme): string {
  return NAMED[theme].get(name) ?? name;
}

/** The colour with an opacity from 0 to 1. */
export function withAlpha(color: string, alpha: number): string {
  const [red, green, blue] = rgbOf(color);
  return `rgba(${red}, ${green}, ${blue}, ${Number(alpha.toFixed(3))})`;
}

/** A colour between two: 0 is the first, 1 the second. */
export function mixed(from: string, to: string, share: number): string {
  return hex(blend(rgbOf(from), rgbOf(to), Math.min(1, Math.max(0, share))));
}

/** Contrast of two colours by WCAG 2: from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(rgbOf(one)), luminance(rgbOf(other))].sort((a, b) =>
    a - b
  );
  return (high + 0.05) / (low + 0.05);
}

/**
 * The colour, moved towards black or white until a text of it can be read on the ground: at least `least`
 * of contrast (4.5 for small text by WCAG AA, 3 for large).
 */
export function readableOn(color: string, ground: string, least = 4.5): string {
  if (contrast(color, ground) >= least) return color;
  const target: Rgb = luminance(rgbOf(ground)) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  const from = rgbOf(color);
  for (let share = 0.05; share < 1; share += 0.05) {
    const tried = hex(blend(from, target, share));
    if (contrast(tried, ground) >= least) return tried;
  }
  return hex(target);
}

/** Black or white, whichever is read better on the ground. */
export function textOn(ground: string): string {
  return contrast("#ffffff", ground) >= contrast("#111217", ground) ? "#ffffff" : "#111217";
}

/** Red, green and blue of `#rgb`, `#rrggbb`, `rgb()` and `rgba()`; grey for what is none of them. */
export function rgbOf(color: string): Rgb {
  const digits = /^#([0-9a-f]{3,8})$/i.exec(color)?.[1];
  if (digits !== undefined) {
    const long = digits.length < 6 ? [...digits].map((digit) => digit + digit).join("") : digits;
    return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16)) as unknown as Rgb;
  }
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(color);
  if (parts !== null) return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return CSS_NAMES.get(color.toLowerCase()) ?? GREY;
}

function blend(from: Rgb, to: Rgb, share: number): Rgb {
  return [0, 1, 2].map((at) => {
    const start = from[at] ?? 0;
    return Math.round(start + ((to[at] ?? 0) - start) * share);
  }) as unknown as Rgb;
}

function hex(color: Rgb): string {
  return "#" + color.map((part) => part.toString(16).padStart(2, "0")).join("");
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
