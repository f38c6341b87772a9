import type { Pace } from "../../pace.ts";

/** How many items are sorted in one go. */
const RUN = 256;

/** Sorts, stable, and gives the event loop its turns. */
export async function pacedSort<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pace: Pace,
): Promise<T[]> {
  let runs: T[][] = [];
  for (let from = 0; from < items.length; from += RUN) {
    runs.push(items.slice(from, from + RUN).sort(compare));
    if (pace.due()) await pace.giveWay();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(await merge(runs[i] ?? [], runs[i + 1] ?? [], compare, pace));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
  pace: Pace,
): Promise<T[]> {
  const merged: T[] = [];
  let next = 0;
  for (const item of left) {
    while (next < right.length && compare(right[next] as T, item) < 0) {
      merged.push(right[next++] as T);
    }
    merged.push(item);
    if (pace.due(64)) await pace.giveWay();
  }
  return merged.concat(right.slice(next));
}
