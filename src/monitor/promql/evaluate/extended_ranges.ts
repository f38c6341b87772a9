import type { Samples } from "../../samples.ts";
import { QueryError } from "../errors.ts";
import type { RangeVector } from "./ranges.ts";

/**
 * The samples of an `anchored` or `smoothed` range that is a result itself: with one at either end of
 * the range. Those are the nearest sample before the start and the last one for `anchored`, and values
 * in between for `smoothed`. Empty where all samples lie before the range.
 */
export function extendedSamples(
  { times, values, histograms }: Samples,
  { rangeMs, ends, extension, before, after }: RangeVector,
): Samples {
  const end = ends.start;
  const start = end - rangeMs;
  const seen = (time: number) => time > start - before && time <= end + after;
  const first = times.findIndex(seen);
  const last = times.findLastIndex(seen);
  const empty = { times: new Float64Array(), values: new Float64Array() };
  if (first === -1) return empty;
  if (histograms?.slice(first, last + 1).some((histogram) => histogram !== undefined)) {
    throw new QueryError("execution", `${extension} modifier is not supported with histograms`);
  }
  let left = first;
  while (left < last && (times[left + 1] as number) <= start) left++;
  let right = last;
  while (extension === "smoothed" && right > left && (times[right - 1] as number) >= end) right--;
  if ((times[right] as number) <= start) return empty;
  const between = (earlier: number, time: number): number => {
    const fromTime = times[earlier] as number;
    const fromValue = values[earlier] as number;
    const change = (values[earlier + 1] as number) - fromValue;
    return fromValue + change * (time - fromTime) / ((times[earlier + 1] as number) - fromTime);
  };
  const isSmoothed = extension === "smoothed";
  const leftValue = isSmoothed && (times[left] as number) < start
    ? between(left, start)
    : values[left] as number;
  const rightValue = isSmoothed && right > first && (times[right] as number) > end
    ? between(right - 1, end)
    : values[right] as number;
  const from = (times[left] as number) <= start ? left + 1 : left;
  const to = (times[right] as number) >= end ? right : right + 1;
  return {
    times: Float64Array.of(start, ...times.subarray(from, to), end),
    values: Float64Array.of(leftValue, ...values.subarray(from, to), rightValue),
  };
}
