/** How often a series began anew (`resets`) or changed (`changes`) in a range. */
import { detectReset, type FloatHistogram, histogramsEqual } from "../../histogram/mod.ts";
import type { Interruptible } from "../../stretches.ts";
import { type FunctionImplementation, PART, type RangeWindow } from "./function.ts";
import { isResetByStart } from "./start_times.ts";
import { indexBeforeRange } from "./window.ts";

export const RESETS: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  of("resets", isReset),
  of("changes", isChange),
]);

/** Compares the sample at an index with the one before. */
type Comparison = (window: RangeWindow, index: number) => boolean;

function of(name: string, compare: Comparison): [string, FunctionImplementation] {
  return [name, {
    kind: "range",
    evaluate: (window) => {
      const first = firstOf(window);
      return first < window.to ? count(window, compare, first + 1, window.to) : undefined;
    },
    inParts: (window) => countInParts(window, compare),
  }];
}

function* countInParts(window: RangeWindow, compare: Comparison): Interruptible<number> {
  const part = window.samples.histograms === undefined ? PART : 4;
  let found = 0;
  for (let at = firstOf(window) + 1; at < window.to; at += part) {
    found += count(window, compare, at, Math.min(at + part, window.to));
    yield;
  }
  return found;
}

function firstOf(window: RangeWindow): number {
  return window.from < window.to && window.extension === "anchored"
    ? indexBeforeRange(window)
    : window.from;
}

function count(window: RangeWindow, compare: Comparison, from: number, to: number): number {
  let found = 0;
  for (let i = from; i < to; i++) if (compare(window, i)) found++;
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
