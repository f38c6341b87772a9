import type { CellValue } from "../../format/mod.ts";

/** A stretch of time in which a series has one state. */
export interface Span {
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly value: CellValue;
}

/** What cuts a series into spans. */
export interface SpanOptions {
  /** Milliseconds from one value to the next. */
  readonly step: number;
  /** Whether equal values beside each other are one span. */
  readonly merge: boolean;
  /** What counts as the same state: two values with one text, say. */
  readonly stateOf: (value: CellValue) => string;
}

/** A series as spans. Each value holds until the next, at most for a step; gaps stay empty. */
export function spansOf(
  times: readonly number[],
  values: readonly (number | null)[],
  { step, merge, stateOf }: SpanOptions,
): Span[] {
  const spans: Span[] = [];
  for (const [at, from] of times.entries()) {
    const value = values[at] ?? null;
    if (value === null) continue;
    const to = Math.min(times[at + 1] ?? Infinity, from + step);
    const last = spans.at(-1);
    if (merge && last !== undefined && last.to === from && stateOf(last.value) === stateOf(value)) {
      spans[spans.length - 1] = { ...last, to };
    } else {
      spans.push({ from, to, value });
    }
  }
  return spans;
}
