import type { Pace } from "../../pace.ts";
import type { Samples } from "../../samples.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import { indexAfter } from "../../times.ts";
import { QueryError } from "../errors.ts";
import type { RangeVector } from "./ranges.ts";

/**
 * The samples of an `anchored` or `smoothed` range that is a result itself: with one at either end of
 * the range. Those are the nearest sample before the start and the last one for `anchored`, and values
 * in between for `smoothed`. Empty where all samples lie before the range.
 */
export async function extendedSamples(
  { times, values, histograms }: Samples,
  { rangeMs, ends, extension, before, after }: RangeVector,
  pace: Pace,
): Promise<Samples> {
  const end = ends.start;
  const start = end - rangeMs;
  const first = indexAfter(times, start - before);
  const last = indexAfter(times, end + after, first) - 1;
  const empty = { times: new Float64Array(), values: new Float64Array() };
  if (last < first) return empty;
  if (histograms?.slice(first, last + 1).some((histogram) => histogram !== undefined)) {
    throw new QueryError("execution", `${extension} modifier is not supported with histograms`);
  }
  const isSmoothed = extension === "smoothed";
  const left = Math.max(first, Math.min(indexAfter(times, start, first) - 1, last));
  // Times are whole milliseconds: what is not before the end is after the millisecond before it.
  const right = isSmoothed ? Math.min(indexAfter(times, end - 1, left), last) : last;
  if ((times[right] as number) <= start) return empty;
  const between = (earlier: number, time: number): number => {
    const fromTime = times[earlier] as number;
    const fromValue = values[earlier] as number;
    const change = (values[earlier + 1] as number) - fromValue;
    return fromValue + change * (time - fromTime) / ((times[earlier + 1] as number) - fromTime);
  };
  const leftValue = isSmoothed && (times[left] as number) < start
    ? between(left, start)
    : values[left] as number;
  const rightValue = isSmoothed && right > first && (times[right] as number) > end
    ? between(right - 1, end)
    : values[right] as number;
  const from = (times[left] as number) <= start ? left + 1 : left;
  const to = (times[right] as number) >= end ? right : right + 1;
  const surrounded = async (before: number, column: Float64Array, after: number) => {
    const result = new Float64Array(to - from + 2);
    result[0] = before;
    await inStretches(to - from, STRETCH, pace, (at, until) => {
      result.set(column.subarray(from + at, from + until), 1 + at);
    });
    result[to - from + 1] = after;
    return result;
  };
  return {
    times: await surrounded(start, times, end),
    values: await surrounded(leftValue, values, rightValue),
  };
}
