import type { FloatHistogram, HistogramBuckets } from "../../histogram/float_histogram.ts";
import type { Pace } from "../../pace.ts";
import { QueryError } from "../errors.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import { FLOAT, type StepSeries } from "../value.ts";

/**
 * Counts the samples that a query holds at a time, so that it stops before it takes the memory of
 * the process. A histogram counts as many samples as it takes 16 bytes.
 */
export class SampleBudget {
  readonly #limit: number;
  #current = 0;
  #peak = 0;
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many are held now. */
  get current(): number {
    return this.#current;
  }

  /** The most that were held at a time. */
  get peak(): number {
    return this.#peak;
  }

  /** How many were read from the store or from subqueries, counted at every step that read them. */
  get total(): number {
    return this.#total;
  }

  /** Throws a {@linkcode QueryError} where that is more than the limit. */
  hold(count: number): void {
    this.#current += count;
    if (this.#current > this.#peak) this.#peak = this.#current;
    if (this.#current > this.#limit) {
      throw new QueryError(
        "execution",
        "query processing would load too many samples into memory in query execution",
      );
    }
  }

  /** Throws as {@linkcode hold} does where so many more could not be held, and holds none. */
  check(count: number): void {
    if (this.#current + count > this.#limit) this.hold(count);
  }

  /** Back to what `current` was. */
  releaseTo(count: number): void {
    this.#current = count;
  }

  read(count: number): void {
    this.#total += count;
  }
}

/** Histograms that are measured between two looks at the clock. */
export const HISTOGRAM_STRETCH = 128;

/** How many samples a histogram counts for. */
export function histogramSize(histogram: FloatHistogram): number {
  const { positive, negative, customBounds } = histogram;
  const buckets = positive.counts.length + negative.counts.length;
  const spans = spanCount(positive) + spanCount(negative);
  return Math.floor((176 + 8 * (buckets + spans + customBounds.length)) / 16);
}

function spanCount({ indexes }: HistogramBuckets): number {
  const size = indexes.length;
  if (size === 0) return 0;
  let count = 1;
  if ((indexes[size - 1] ?? 0) - (indexes[0] ?? 0) === size - 1) return count;
  for (let i = 1; i < indexes.length; i++) {
    if (indexes[i] !== (indexes[i - 1] ?? 0) + 1) count++;
  }
  return count;
}

/** How many samples a series counts for; no promise where there are not many steps. */
export function seriesSize(series: StepSeries, pace: Pace): number | Promise<number> {
  const { present, histograms } = series;
  let size = 0;
  const stretch = histograms === undefined ? STRETCH : HISTOGRAM_STRETCH;
  const rest = inStretches(present.length, stretch, pace, (from, to) => {
    for (let i = from; i < to; i++) {
      const kind = present[i];
      if (kind === 0) continue;
      const histogram = kind === FLOAT ? undefined : histograms?.[i];
      size += histogram === undefined ? 1 : histogramSize(histogram);
    }
  });
  return rest === undefined ? size : rest.then(() => size);
}

/**
 * More steps than a range query of the API may have, as subqueries can: there are mostly no samples at
 * most of them then, but the memory is taken, and so each counts as a sample.
 */
const MANY_STEPS = 11_001;

/** How many samples it is held as: with many steps at least one for each. */
export function heldSize({ present }: StepSeries, size: number): number {
  const steps = present.length;
  return steps > MANY_STEPS ? Math.max(steps, size) : size;
}

/**
 * Counts what an expression has come to, for a moment together with what it was made of, and from
 * then on alone: `before` is what was held before all that.
 */
export async function holdResult(
  budget: SampleBudget,
  before: number,
  result: readonly StepSeries[],
  pace: Pace,
): Promise<void> {
  let size = 0;
  for (const series of result) {
    const own = seriesSize(series, pace);
    size += heldSize(series, typeof own === "number" ? own : await own);
    if (pace.due(16)) await pace.giveWay();
  }
  budget.hold(size);
  budget.releaseTo(before + size);
}
