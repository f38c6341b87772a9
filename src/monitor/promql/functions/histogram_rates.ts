/** `rate`, `increase` and `delta` of native histograms. */
import {
  compactHistogram,
  detectReset,
  emptyLike,
  type FloatHistogram,
  multiplyHistogram,
  reduceResolution,
  usesCustomBuckets,
  withCounterReset,
} from "../../histogram/mod.ts";
import { extrapolationFactor, startInside } from "./extrapolation.ts";
import type { Interruptible } from "../../stretches.ts";
import { PART, type RangeWindow } from "./function.ts";
import { add, subtract, warnOfKind } from "./histogram_steps.ts";
import { histogramNotCounter, mixedBucketKinds } from "./messages.ts";
import { isResetByStart, startsOverlap, warnOfOverlap } from "./start_times.ts";
import { histogramAt } from "./window.ts";

/** What a range of nothing but histograms says of the whole range. */
export function* histogramChange(
  window: RangeWindow,
  isCounter: boolean,
  isRate: boolean,
): Interruptible<FloatHistogram | undefined> {
  const { from, to } = window;
  const start = isCounter ? startInside(window) : undefined;
  if (start === undefined && to - from < 2) return undefined;
  const first = histogramAt(window, from);
  let change: FloatHistogram | undefined;
  if (to - from > 1) {
    change = isCounter ? yield* counterChange(window) : gaugeChange(window);
    if (change === undefined) return undefined;
  }
  if (start !== undefined) change = change === undefined ? first : add(window, change, first);
  if (change === undefined) return undefined;
  return multiplyHistogram(
    change,
    extrapolationFactor(window, isCounter, isRate, start, first.count, change.count),
  );
}

function gaugeChange(window: RangeWindow): FloatHistogram | undefined {
  const first = histogramAt(window, window.from);
  const last = histogramAt(window, window.to - 1);
  const change = subtract(window, last, first);
  if (change === undefined) return undefined;
  warnOfKind(window, false, first, last);
  return compactHistogram(withCounterReset(change, "gauge"));
}

function* counterChange(window: RangeWindow): Interruptible<FloatHistogram | undefined> {
  const { from, to } = window;
  let before = histogramAt(window, from);
  const last = histogramAt(window, to - 1);
  const second = histogramAt(window, from + 1);
  // The layout of a first sample that a reset has made void must not stand in the way.
  const startsAnew = isReset(window, from + 1, second, before);
  if (startsAnew) before = emptyLike(second);
  const schema = yield* commonSchema(window, before);
  if (schema === undefined) return undefined;

  let change = subtract(
    window,
    schema < last.schema ? reduceResolution(last, schema) : last,
    before,
  );
  let overlaps = false;
  for (let i = from + 1; i < to && change !== undefined; i++) {
    const current = histogramAt(window, i);
    overlaps ||= overlap(window, i);
    if (isReset(window, i, current, before)) change = add(window, change, before);
    before = current;
    if (i % 4 === 0) yield;
  }
  if (overlaps) warnOfOverlap(window);
  return change && compactHistogram(withCounterReset(change, "gauge"));
}

/** The coarsest schema of the range; undefined, with a warning, where there are buckets of two kinds. */
function* commonSchema(
  window: RangeWindow,
  first: FloatHistogram,
): Interruptible<number | undefined> {
  const custom = usesCustomBuckets(first);
  let { schema } = first;
  let hasGauge = histogramAt(window, window.from).counterReset === "gauge";
  for (let i = window.from + 1; i < window.to; i++) {
    const current = histogramAt(window, i);
    if (usesCustomBuckets(current) !== custom) {
      window.warn(mixedBucketKinds(window.labels.metricName));
      return undefined;
    }
    schema = Math.min(schema, current.schema);
    hasGauge ||= current.counterReset === "gauge";
    if (i % PART === 0) yield;
  }
  if (hasGauge) window.warn(histogramNotCounter(window.labels.metricName));
  return schema;
}

function isReset(
  { samples: { times, starts } }: RangeWindow,
  index: number,
  current: FloatHistogram,
  before: FloatHistogram,
): boolean {
  return starts !== undefined && isResetByStart(
        starts[index - 1] ?? 0,
        times[index - 1] ?? NaN,
        starts[index] ?? 0,
        times[index] ?? NaN,
      ) || detectReset(current, before);
}

function overlap({ samples: { times, starts } }: RangeWindow, index: number): boolean {
  return starts !== undefined &&
    startsOverlap(starts[index - 1] ?? 0, times[index - 1] ?? NaN, starts[index] ?? 0);
}
