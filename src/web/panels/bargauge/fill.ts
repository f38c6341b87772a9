import type { FormattedValue } from "../../format/mod.ts";
import { withAlpha } from "../../format/mod.ts";
import type { Band } from "../gauge/bands.ts";

const CELLS = 28;

/** A cell of a bar that looks like a row of lamps. */
export interface Cell {
  readonly color: string;
  readonly lit: boolean;
}

/** Lamps up to the value, each in the colour that its place has. */
export function cellsOf(bands: readonly Band[], { share, color }: FormattedValue): Cell[] {
  return Array.from({ length: CELLS }, (_, at) => {
    const place = (at + 0.5) / CELLS;
    const band = bands.find(({ from, to }) => place >= from && place <= to);
    return { color: band?.color ?? color, lit: place <= share };
  });
}

/** A CSS gradient through the colours up to the value. */
export function gradientBackground(
  bands: readonly Band[],
  { share, color }: FormattedValue,
  direction: "to top" | "to right",
): string {
  const passed = bands.filter(({ from }) => from < share);
  const colors = passed.length > 1
    ? passed.map((band) => `${withAlpha(band.color, 0.6)} ${percent(band.from, share)}`)
    : [withAlpha(color, 0.15), withAlpha(color, 0.6)];
  return `linear-gradient(${direction}, ${colors.join(", ")})`;
}

function percent(from: number, share: number): string {
  return `${(share === 0 ? 0 : from / share * 100).toFixed(1)}%`;
}
