/** Counters whose start times are known, with the zeros that they began at. */
import { emptyLike, type FloatHistogram, withCounterReset } from "../../histogram/mod.ts";
import type { Samples } from "../../samples.ts";
import type { RangeWindow } from "./function.ts";
import { isResetByStart } from "./start_times.ts";
import { DEFAULT_LOOKBACK } from "./window.ts";

/** A sample, or the zero before it. */
interface Point {
  readonly time: number;
  readonly value: number;
  readonly histogram: FloatHistogram | undefined;
}

/**
 * The same range of samples that have another one, zero, where the counter began: before the first
 * that can be looked at, and at each reset that only the start time tells.
 */
export function withStartPoints(window: RangeWindow): RangeWindow {
  const { labels, rangeStart, rangeEnd, time, extension, scalars } = window;
  const { lookback = DEFAULT_LOOKBACK } = window;
  const points = pointsOf(
    window.samples,
    rangeStart - lookback,
    extension === "smoothed" ? rangeEnd + lookback : rangeEnd,
  );
  return {
    labels,
    samples: {
      times: Float64Array.from(points, (point) => point.time),
      values: Float64Array.from(points, ({ value }) => value),
      ...(window.samples.histograms === undefined
        ? {}
        : { histograms: points.map(({ histogram }) => histogram) }),
    },
    from: points.filter((point) => point.time <= rangeStart).length,
    to: points.filter((point) => point.time <= rangeEnd).length,
    rangeStart,
    rangeEnd,
    time,
    extension,
    lookback,
    scalars,
    warn: (message, argument) => window.warn(message, argument),
    info: (message, argument) => window.info(message, argument),
  };
}

/** Samples in (after, end] and their zeros. */
function pointsOf(
  { times, values, histograms, starts }: Samples,
  after: number,
  end: number,
): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < times.length; i++) {
    const time = times[i] ?? NaN;
    if (time <= after) continue;
    if (time > end) break;
    const start = starts?.[i] ?? 0;
    const histogram = histograms?.[i];
    const startsHere = points.length === 0
      ? start > after && start < time && start !== 0
      : isResetByStart(starts?.[i - 1] ?? 0, times[i - 1] ?? NaN, start, time);
    if (startsHere) {
      const empty = histogram && withCounterReset(emptyLike(histogram), "reset");
      points.push({ time: start, value: histogram === undefined ? 0 : NaN, histogram: empty });
    }
    points.push({ time, value: values[i] ?? NaN, histogram });
  }
  return points;
}
