/**
 * From the first and last sample of a range to its ends, as Prometheus extrapolates: a series that
 * has a sample where one is expected is taken to go on to the end of the range, any other one for
 * half the distance of two samples.
 */
import type { RangeWindow } from "./function.ts";

/** How much further than usual the next sample may be for the series to go on. */
const TOLERANCE = 1.1;

/**
 * When a counter began at zero, where its first sample says that it was inside the range; in
 * milliseconds.
 */
export function startInside({ samples, from, rangeStart }: RangeWindow): number | undefined {
  const start = samples.starts?.[from] ?? 0;
  return start !== 0 && start > rangeStart && start < (samples.times[from] ?? NaN)
    ? start
    : undefined;
}

/**
 * What a change between the samples is multiplied with to be that of the range, or of a second
 * (`isRate`). `first` and `change` are of the counter itself (of a histogram its count): it is not
 * extrapolated to below zero. `start` is what {@linkcode startInside} gives.
 */
export function extrapolationFactor(
  window: RangeWindow,
  isCounter: boolean,
  isRate: boolean,
  start: number | undefined,
  first: number,
  change: number,
): number {
  const { samples, from, to, rangeStart, rangeEnd } = window;
  const firstTime = samples.times[from] ?? NaN;
  const lastTime = samples.times[to - 1] ?? NaN;
  const seconds = (rangeEnd - rangeStart) / 1000;
  let sampled = (lastTime - firstTime) / 1000;
  const distance = to - from > 1 ? sampled / (to - from - 1) : 0;
  let toStart = (firstTime - rangeStart) / 1000;
  if (start !== undefined) {
    toStart = 0;
    sampled = (lastTime - start) / 1000;
  } else {
    if (toStart >= distance * TOLERANCE) toStart = distance / 2;
    if (isCounter && change > 0 && first >= 0) {
      const toZero = sampled * (first / change);
      if (toZero < toStart) toStart = toZero;
    }
  }
  let toEnd = (rangeEnd - lastTime) / 1000;
  if (toEnd >= distance * TOLERANCE) toEnd = distance / 2;
  const factor = sampled === 0 ? 1 : (sampled + toStart + toEnd) / sampled;
  return isRate ? factor / seconds : factor;
}
