/** How often a series began anew (`resets`) or changed (`changes`) in a range. */
import { detectReset, type FloatHistogram, histogramsEqual } from "../../histogram/mod.ts";
import type { FunctionImplementation, RangeWindow } from "./function.ts";
import { isResetByStart } from "./start_times.ts";
import { indexBeforeRange } from "./window.ts";

export const RESETS: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["resets", { kind: "range", evaluate: (window) => count(window, isReset) }],
  ["changes", { kind: "range", evaluate: (window) => count(window, isChange) }],
]);

/** Compares the sample at an index with the one before. */
type Comparison = (window: RangeWindow, index: number) => boolean;

function count(window: RangeWindow, compare: Comparison): number | undefined {
  const { from, to } = window;
  if (from >= to) return undefined;
  const first = window.extension === "anchored" ? indexBeforeRange(window) : from;
  let found = 0;
  for (let i = first + 1; i < to; i++) if (compare(window, i)) found++;
  return found;
}

function isReset({ samples }: RangeWindow, index: number): boolean {
  const { times, values, histograms, starts } = samples;
  const before = histograms?.[index - 1];
  const after = histograms?.[index];
  if ((before === undefined) !== (after === undefined)) return true;
  if (
    starts !== undefined && isResetByStart(
      starts[index - 1] ?? 0,
      times[index - 1] ?? NaN,
      starts[index] ?? 0,
      times[index] ?? NaN,
    )
  ) return true;
  if (before !== undefined && after !== undefined) return detectReset(after, before);
  return (values[index] ?? NaN) < (values[index - 1] ?? NaN);
}

function isChange({ samples }: RangeWindow, index: number): boolean {
  const { values, histograms } = samples;
  const before = histograms?.[index - 1];
  const after = histograms?.[index];
  if (before !== undefined || after !== undefined) return differ(before, after);
  const a = values[index - 1] ?? NaN;
  const b = values[index] ?? NaN;
  return a !== b && !(Number.isNaN(a) && Number.isNaN(b));
}

function differ(a: FloatHistogram | undefined, b: FloatHistogram | undefined): boolean {
  return a === undefined || b === undefined || !histogramsEqual(a, b);
}
