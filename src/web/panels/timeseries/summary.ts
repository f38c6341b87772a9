import type { LegendItem } from "./legend.tsx";

const MOST = 6;

/** What a picture of series says, in words: the last value of the first few, and how many there are. */
export function summaryOf(
  title: string,
  items: readonly LegendItem[],
  last: readonly string[],
): string {
  const shown = items.slice(0, MOST).map(({ name }, at) => `${name} last ${last[at] ?? "-"}`);
  const count = `${items.length} series`;
  return `${title || "Chart"}: ${[shown.join(", "), count].filter(Boolean).join("; ")}`;
}
