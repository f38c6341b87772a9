/**
 * The quantile of numbers that rise, NaNs before all others; between two of them their weighted mean.
 * NaN where there is none or `quantile` is NaN, -Inf below 0, +Inf above 1.
 */
export function quantileOfSorted(quantile: number, sorted: ArrayLike<number>): number {
  const count = sorted.length;
  if (count === 0 || Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  const rank = quantile * (count - 1);
  const below = Math.floor(rank);
  const weight = rank - below;
  const lower = sorted[below] ?? NaN;
  // An infinite neighbour counts only where it has weight, as in Prometheus 3.16; 3.10 gave NaN.
  return weight === 0 ? lower : lower * (1 - weight) + (sorted[below + 1] ?? NaN) * weight;
}
