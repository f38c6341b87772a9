import { along, colorOf, type Theme, withAlpha } from "../../format/mod.ts";
import { number, oneOf, record, text } from "../../model/reading.ts";

/** Grafana's colour schemes (those of d3), from the fewest to the most. */
const SCHEMES: Readonly<Record<string, string>> = {
  Oranges: "#fff5eb #fdd0a2 #fdae6b #fd8d3c #e6550d #a63603 #7f2704",
  Blues: "#f7fbff #c6dbef #9ecae1 #6baed6 #3182bd #08519c #08306b",
  Greens: "#f7fcf5 #c7e9c0 #a1d99b #74c476 #31a354 #006d2c #00441b",
  Greys: "#ffffff #d9d9d9 #bdbdbd #969696 #636363 #252525 #000000",
  Purples: "#fcfbfd #dadaeb #bcbddc #9e9ac8 #756bb1 #54278f #3f007d",
  Reds: "#fff5f0 #fcbba1 #fc9272 #fb6a4a #de2d26 #a50f15 #67000d",
  Spectral: "#5e4fa2 #3288bd #66c2a5 #e6f598 #fee08b #f46d43 #9e0142",
  RdYlGn: "#006837 #66bd63 #d9ef8b #ffffbf #fdae61 #d73027 #a50026",
  RdYlBu: "#313695 #74add1 #e0f3f8 #ffffbf #fdae61 #d73027 #a50026",
  RdBu: "#053061 #4393c3 #d1e5f0 #f7f7f7 #f4a582 #d6604d #67001f",
  YlOrRd: "#ffffcc #fed976 #feb24c #fd8d3c #fc4e2a #e31a1c #800026",
  YlOrBr: "#ffffe5 #fee391 #fec44f #fe9929 #ec7014 #cc4c02 #662506",
  YlGnBu: "#ffffd9 #c7e9b4 #7fcdbb #41b6c4 #1d91c0 #225ea8 #081d58",
  BuGn: "#f7fcfd #ccece6 #99d8c9 #66c2a4 #41ae76 #238b45 #00441b",
  BuPu: "#f7fcfd #bfd3e6 #9ebcda #8c96c6 #8c6bb1 #88419d #4d004b",
  Viridis: "#440154 #443983 #31688e #21918c #35b779 #90d743 #fde725",
  Magma: "#000004 #2c115f #721f81 #b73779 #f1605d #feb078 #fcfdbf",
  Inferno: "#000004 #320a5e #781c6d #bc3754 #ed6925 #fbb61a #fcffa4",
  Plasma: "#0d0887 #5c01a6 #9c179e #cc4778 #ed7953 #fdb42f #f0f921",
  Turbo: "#30123b #4777ef #1bd0d5 #62fc6b #d2e935 #fe9b2d #7a0403",
  Cividis: "#00224e #2a3f6d #575d6d #7d7c78 #a59c74 #d2c060 #fee838",
};

/** Schemes that are dark at the few end; all others are turned on a dark ground. */
const DARK_FIRST = ["Viridis", "Magma", "Inferno", "Plasma", "Turbo", "Cividis"];
const BOTH_ENDS = ["Spectral", "RdYlGn", "RdYlBu", "RdBu"];

/** How counts become colours. */
export interface HeatColors {
  readonly steps: readonly string[];
  /** Ends that the panel sets. */
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** The colours of a heatmap's `color` option, in its number of steps. */
export function readHeatColors(
  options: Readonly<Record<string, unknown>>,
  theme: Theme,
): HeatColors {
  const color = record(options["color"]);
  const count = Math.max(2, Math.min(128, number(color["steps"]) ?? 64));
  const scale = colorAt(color, theme);
  return {
    steps: Array.from({ length: count }, (_, at) => scale(at / (count - 1))),
    min: number(color["min"]),
    max: number(color["max"]),
  };
}

/** Which step a count has; counts from the least to the greatest. */
export function stepOf(value: number, min: number, max: number, count: number): number {
  if (max <= min) return count - 1;
  const share = (value - min) / (max - min);
  return Math.max(0, Math.min(count - 1, Math.floor(share * count)));
}

function colorAt(
  color: Readonly<Record<string, unknown>>,
  theme: Theme,
): (share: number) => string {
  if (oneOf(color["mode"], ["opacity", "scheme"]) === "opacity") {
    const fill = colorOf(text(color["fill"]) ?? "dark-orange", theme);
    const exponent = color["scale"] === "exponential" ? number(color["exponent"]) ?? 0.5 : 1;
    return (share) => withAlpha(fill, 0.05 + 0.95 * share ** exponent);
  }
  const name = text(color["scheme"]) ?? "Oranges";
  const scheme = (SCHEMES[name] ?? SCHEMES["Oranges"] ?? "").split(" ");
  const few = theme === "dark" && !BOTH_ENDS.includes(name) && !DARK_FIRST.includes(name);
  const turned = (color["reverse"] === true) !== few;
  const ordered = turned ? scheme.toReversed() : scheme;
  return (share) => along(ordered, share);
}
