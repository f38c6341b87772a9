import type { Pace } from "./pace.ts";

/** As many are sorted in one go: about a millisecond for labels. */
const RUN = 512;

/** Sorts a list of any length without holding the event loop; equal items keep their order. */
export async function sortInSlices<T>(
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
  const rightItems = right[Symbol.iterator]();
  let next = rightItems.next();
  for (const item of left) {
    while (!next.done && compare(next.value, item) < 0) {
      merged.push(next.value);
      next = rightItems.next();
    }
    merged.push(item);
    if (pace.due(128)) await pace.giveWay();
  }
  for (; !next.done; next = rightItems.next()) {
    merged.push(next.value);
    if (pace.due(128)) await pace.giveWay();
  }
  return merged;
}
