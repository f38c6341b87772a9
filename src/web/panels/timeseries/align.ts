import type { DataSeries } from "../../data/series.ts";

/** A value, a gap (null), or nothing to say at this time (undefined): a line goes on over it. */
export type Point = number | null | undefined;

/** Series on one row of times. */
export interface Aligned {
  /** Milliseconds, rising. */
  readonly times: readonly number[];
  /** In the order of the series. */
  readonly values: readonly (readonly Point[])[];
}

/**
 * Puts series on common times. Those of one query share theirs already, and are taken as they are; queries
 * with other steps are merged, and a series has nothing at the times of others.
 */
export function align(series: readonly DataSeries[]): Aligned {
  const first = series[0];
  if (first === undefined) return { times: [], values: [] };
  if (series.every(({ times }) => sameTimes(times, first.times))) {
    return { times: first.times, values: series.map(({ values }) => values) };
  }
  const times = [...new Set(series.flatMap((one) => one.times))].sort((one, other) => one - other);
  const places = new Map(times.map((time, at) => [time, at]));
  return { times, values: series.map((one) => spread(one, places)) };
}

function sameTimes(one: readonly number[], other: readonly number[]): boolean {
  if (one === other) return true;
  return one.length === other.length && one[0] === other[0] && one.at(-1) === other.at(-1) &&
    one.every((time, at) => time === other[at]);
}

function spread(series: DataSeries, places: ReadonlyMap<number, number>): Point[] {
  const row = new Array<Point>(places.size).fill(undefined);
  series.times.forEach((time, at) => {
    const place = places.get(time);
    if (place !== undefined) row[place] = series.values[at] ?? null;
  });
  return row;
}
