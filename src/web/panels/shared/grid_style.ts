import type { Arrangement } from "./arrangement.ts";

/** Tracks of a CSS grid for an arrangement. */
export function gridStyle(
  { columns, rows }: Arrangement,
): { gridTemplateColumns: string; gridTemplateRows: string } {
  return {
    gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
    gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
  };
}
