/**
 * What functions over a range look at: its numbers, or its histograms.
 */
import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import { PART, type RangeWindow } from "./function.ts";
import { histogramsIgnored, mixedFloatsAndHistograms } from "./messages.ts";

/** Numbers of a range: `from` to before `to` of three columns. */
export interface Numbers {
  times: Float64Array;
  values: Float64Array;
  starts: Float64Array | undefined;
  from: number;
  to: number;
}

/** What samples a range has. */
export const EMPTY = 0;
export const NUMBERS = 1;
export const HISTOGRAMS = 2;
export const MIXED = 3;

/** How far extensions look where nothing is said, in milliseconds. */
export const DEFAULT_LOOKBACK = 300_000;

const NONE = new Float64Array(0);

/** The same object for every call, since a range function is called for each series and step. */
const numbers: Numbers = { times: NONE, values: NONE, starts: undefined, from: 0, to: 0 };

type Scratch = readonly [times: Float64Array, values: Float64Array, starts: Float64Array];

const scratch = newScratch(PART);

/** What kinds of samples lie from index `from` to before `to`. */
export function kindOf(window: RangeWindow, from = window.from, to = window.to): number {
  if (from >= to) return EMPTY;
  const { histograms } = window.samples;
  if (histograms === undefined) return NUMBERS;
  let kind = EMPTY;
  for (let i = from; i < to; i++) kind |= histograms[i] === undefined ? NUMBERS : HISTOGRAMS;
  return kind;
}

/**
 * The numbers of a range; what is given is overwritten by the next call. Says that histograms were
 * left out where there are numbers beside them.
 */
export function numbersOf(window: RangeWindow): Numbers {
  const { samples, from, to } = window;
  if (samples.histograms === undefined) {
    numbers.times = samples.times;
    numbers.values = samples.values;
    numbers.starts = samples.starts;
    numbers.from = from;
    numbers.to = to;
    return numbers;
  }
  copyNumbers(window, from, to);
  const count = numbers.to;
  if (count > 0 && count < to - from) {
    window.info(histogramsIgnored(window.labels.metricName));
  }
  return numbers;
}

function copyNumbers({ samples }: RangeWindow, from: number, to: number): void {
  const [scratchTimes, scratchValues, scratchStarts] = scratchFor(to - from);
  let count = 0;
  for (let i = from; i < to; i++) {
    if (samples.histograms?.[i] !== undefined) continue;
    scratchTimes[count] = samples.times[i] ?? NaN;
    scratchValues[count] = samples.values[i] ?? NaN;
    scratchStarts[count] = samples.starts?.[i] ?? 0;
    count++;
  }
  numbers.times = scratchTimes;
  numbers.values = scratchValues;
  numbers.starts = samples.starts === undefined ? undefined : scratchStarts;
  numbers.from = 0;
  numbers.to = count;
}

/** What takes so many samples; others may come between while there are more than a part. */
function scratchFor(count: number): Scratch {
  return count <= PART ? scratch : newScratch(count);
}

function newScratch(count: number): Scratch {
  return [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
}

/** The histogram at an index of a range that has nothing else. */
export function histogramAt(window: RangeWindow, index: number): FloatHistogram {
  const histogram = window.samples.histograms?.[index];
  if (histogram === undefined) throw new Error(`there is no histogram at index ${index}`);
  return histogram;
}

/** Says that a range cannot be looked at as one. */
export function warnOfMix(window: RangeWindow): void {
  window.warn(mixedFloatsAndHistograms(window.labels.metricName));
}

/** The index of the last sample at or before the range's start that an extension may look at, else `from`. */
export function indexBeforeRange(window: RangeWindow): number {
  const { samples, from, rangeStart, lookback = DEFAULT_LOOKBACK } = window;
  return from > 0 && (samples.times[from - 1] ?? NaN) > rangeStart - lookback ? from - 1 : from;
}

/**
 * The index after the first sample at or after the range's end that `smoothed` may look at, else `to`.
 */
export function indexAfterRange(window: RangeWindow): number {
  const { samples, to, rangeEnd, lookback = DEFAULT_LOOKBACK } = window;
  if (to > 0 && samples.times[to - 1] === rangeEnd) return to;
  return to < samples.times.length && (samples.times[to] ?? NaN) <= rangeEnd + lookback
    ? to + 1
    : to;
}
