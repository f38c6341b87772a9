import type { ExemplarsOfSeries } from "./answers.ts";
import { parseValue } from "./numbers.ts";
import type { ExemplarPoint } from "./series.ts";

/**
 * Exemplars as dots, by time. Of those that fall into one step the highest stays, and lower ones only
 * where they are more than two standard deviations below the one kept before, as in Grafana.
 */
export function exemplarPoints(
  refId: string,
  found: readonly ExemplarsOfSeries[],
  stepMs: number,
): ExemplarPoint[] {
  const points = found.flatMap(({ seriesLabels, exemplars }) =>
    exemplars.map(({ labels, value, timestamp }) => ({
      refId,
      time: Math.round(timestamp * 1000),
      value: parseValue(value),
      labels,
      seriesLabels,
    }))
  ).filter(({ value }) => Number.isFinite(value));
  const apart = 2 * deviation(points.map(({ value }) => value));
  const steps = Map.groupBy(points, ({ time }) => Math.floor(time / stepMs));
  return [...steps.values()]
    .flatMap((inside) => thinned(inside, apart))
    .sort((a, b) => a.time - b.time);
}

function thinned(points: readonly ExemplarPoint[], apart: number): ExemplarPoint[] {
  const kept: ExemplarPoint[] = [];
  for (const point of points.toSorted((a, b) => b.value - a.value)) {
    const last = kept.at(-1);
    if (last === undefined || last.value - point.value > apart) kept.push(point);
  }
  return kept;
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / values.length);
}
