import { FLOAT, HISTOGRAM, type Steps, type StepSeries } from "../value.ts";
import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import { Labels } from "../../labels.ts";
import { float64Column, uint8Column } from "../../slab.ts";
import type { Pace } from "../../pace.ts";
import { inStretches, STRETCH } from "../../stretches.ts";

/** Steps from `start` to `end`, milliseconds; none where `end` is before `start`. */
export function stepsOf(start: number, end: number, step: number): Steps {
  return { start, end, step, count: end < start ? 0 : Math.floor((end - start) / step) + 1 };
}

/** The first of the steps alone. */
export function firstStep({ start, step }: Steps): Steps {
  return { start, end: start, step, count: 1 };
}

/** Steps with histograms that are worked through before the clock is looked at. */
const HISTOGRAM_STRETCH = 4;

/** How many steps of a series are worked through before the clock is looked at. */
export function stretchOf({ histograms }: StepSeries): number {
  return histograms === undefined ? STRETCH : HISTOGRAM_STRETCH;
}

/** A series being made: a {@linkcode StepSeries} that can be written. */
export interface SeriesDraft {
  labels: Labels;
  readonly present: Uint8Array;
  readonly values: Float64Array;
  histograms?: (FloatHistogram | undefined)[];
  dropName: boolean;
}

/** A series without any value yet. */
export function draftSeries(labels: Labels, count: number, dropName: boolean): SeriesDraft {
  return { labels, present: uint8Column(count), values: float64Column(count), dropName };
}

/** Whether a series has a value at any step. */
export function hasValues({ present }: { readonly present: Uint8Array }): boolean {
  for (let i = 0; i < present.length; i++) if (present[i] !== 0) return true;
  return false;
}

/** Whether a series has a histogram at any step. */
export function hasHistograms({ present, histograms }: StepSeries): boolean {
  return histograms !== undefined && present.includes(HISTOGRAM);
}

/** Puts a value at a step; undefined is none. */
export function setValue(
  draft: SeriesDraft,
  step: number,
  value: number | FloatHistogram | undefined,
): void {
  if (typeof value === "number") {
    draft.present[step] = FLOAT;
    draft.values[step] = value;
  } else if (value !== undefined) {
    setHistogram(draft, step, value);
  }
}

/** Puts a histogram at a step. */
export function setHistogram(draft: SeriesDraft, step: number, histogram: FloatHistogram): void {
  draft.present[step] = HISTOGRAM;
  draft.histograms ??= new Array<FloatHistogram | undefined>(draft.present.length).fill(undefined);
  draft.histograms[step] = histogram;
}

/** The value of a series at a step; undefined where there is none. */
export function valueAt(series: StepSeries, step: number): number | FloatHistogram | undefined {
  const present = series.present[step];
  if (present === 0) return undefined;
  return present === FLOAT ? series.values[step] : series.histograms?.[step];
}

/** The one value of an expression that does not change, at every step. */
export function repeat(series: StepSeries, count: number): StepSeries {
  const histogram = series.histograms?.[0];
  return {
    labels: series.labels,
    present: new Uint8Array(count).fill(series.present[0] ?? 0),
    values: new Float64Array(count).fill(series.values[0] ?? NaN),
    dropName: series.dropName,
    ...(histogram === undefined
      ? {}
      : { histograms: new Array<FloatHistogram | undefined>(count).fill(histogram) }),
  };
}

/** The time of each step, in seconds. */
export async function timesOf({ start, step, count }: Steps, pace: Pace): Promise<Float64Array> {
  const times = new Float64Array(count);
  await inStretches(count, STRETCH, pace, (from, to) => {
    for (let i = from; i < to; i++) times[i] = (start + i * step) / 1000;
  });
  return times;
}

/** A series without labels that has a number at each step. */
export function numberSeries(values: Float64Array): StepSeries {
  const present = new Uint8Array(values.length).fill(FLOAT);
  return { labels: Labels.EMPTY, present, values, dropName: false };
}
