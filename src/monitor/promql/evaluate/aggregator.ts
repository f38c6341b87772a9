import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import type { StepSeries } from "../value.ts";
import type { SeriesDraft } from "./steps.ts";

/** What aggregators say beside the result; the place is that of the aggregated expression. */
export interface AggregationNotes {
  warn(message: string): void;
  info(message: string): void;
}

/** One group being aggregated, all steps at once. */
export interface Aggregator {
  /** Takes the values of one more series at the steps from one to before another. */
  add(series: StepSeries, from: number, to: number): void;
  /** Puts the results of such steps into a series that has no value there yet. */
  finish(draft: SeriesDraft, from: number, to: number): void;
  /** How many steps are finished before the clock is looked at. */
  readonly stretch: number;
}

/** Says that a histogram has been left out. */
export function histogramIgnored(operator: string): string {
  return `ignored histogram in ${operator} aggregation`;
}

/** Calls for each step from one to before another at which there is a value. */
export function forEachValue(
  { present, values, histograms }: StepSeries,
  from: number,
  to: number,
  visit: (step: number, value: number, histogram: FloatHistogram | undefined) => void,
): void {
  for (let step = from; step < to; step++) {
    const kind = present[step];
    if (kind === 0) continue;
    visit(step, values[step] as number, kind === 2 ? histograms?.[step] : undefined);
  }
}
