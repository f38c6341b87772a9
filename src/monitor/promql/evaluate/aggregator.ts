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
  /** Takes the values of one more series. */
  add(series: StepSeries): void;
  /** Puts the results into a series that has no value yet. */
  finish(draft: SeriesDraft): void | Promise<void>;
}

/** Says that a histogram has been left out. */
export function histogramIgnored(operator: string): string {
  return `ignored histogram in ${operator} aggregation`;
}

/** Calls for each step at which there is a value. */
export function forEachValue(
  { present, values, histograms }: StepSeries,
  visit: (step: number, value: number, histogram: FloatHistogram | undefined) => void,
): void {
  for (let step = 0; step < present.length; step++) {
    const kind = present[step];
    if (kind === 0) continue;
    visit(step, values[step] as number, kind === 2 ? histograms?.[step] : undefined);
  }
}
