import type { Histogram, Labels } from "./recorder.ts";
import { isRecordable } from "./refusals.ts";

/**
 * Bounds for latencies, in seconds: 100 µs to 10 s in steps of 1, 2.5 and 5.
 * One set for servers and clients, so that their panels can be laid over each other.
 */
export const LATENCY_BUCKETS: readonly number[] = [
  ...[0.0001, 0.00025, 0.0005],
  ...[0.001, 0.0025, 0.005],
  ...[0.01, 0.025, 0.05],
  ...[0.1, 0.25, 0.5],
  ...[1, 2.5, 5],
  10,
];

/** One value of a bucket that can be looked up elsewhere, such as in a trace. */
export interface Exemplar {
  /** Usually `trace_id` and `span_id`. */
  readonly labels: Labels;
  readonly value: number;
  /** When it was recorded, in milliseconds of Unix time. */
  readonly timestamp: number;
}

/** How a {@linkcode BucketHistogram} is set up. */
export interface BucketHistogramOptions {
  /**
   * Asked at each recording for the labels of an exemplar; each bucket keeps its latest. Thus the
   * histogram knows nothing of tracing. Default none.
   */
  exemplar?: (() => Labels | undefined) | undefined;
  /** The time for exemplars, in milliseconds of Unix time. Default `Date.now`. */
  now?: () => number;
  /** Called for each value that is refused; it must not throw. */
  onRefused?: () => void;
}

/** One bucket as it is read. */
export interface Bucket {
  /** The highest value that belongs here; Infinity for the last bucket. */
  readonly bound: number;
  /** How many values are at most `bound`: counts of lower buckets are included. */
  readonly count: number;
  /** The latest exemplar above the bound before. */
  readonly exemplar?: Exemplar;
}

/** What a {@linkcode BucketHistogram} holds at one moment. */
export interface BucketSnapshot {
  readonly kind: "buckets";
  /** In ascending order, ending with the bound Infinity. */
  readonly buckets: readonly Bucket[];
  readonly sum: number;
  readonly count: number;
  /** Number of values refused: those that are not finite numbers. */
  readonly refused: number;
}

/**
 * Checks and copies the bounds of a histogram.
 *
 * @throws {RangeError} when they are empty, not finite or not ascending.
 */
export function checkBounds(bounds: readonly number[]): Float64Array {
  const refuse = (problem: string): never => {
    throw new RangeError(
      `Cannot make a histogram: ${problem}, current value is [${bounds.join(", ")}]`,
    );
  };
  if (bounds.length === 0) refuse("bucket bounds must not be empty");
  bounds.forEach((bound, i) => {
    if (!Number.isFinite(bound)) {
      refuse("bucket bounds must be finite numbers (the bucket +Inf is always added)");
    }
    if (i > 0 && !(bound > (bounds[i - 1] ?? NaN))) refuse("bucket bounds must ascend");
  });
  return Float64Array.from(bounds);
}

/** A histogram that counts values by bucket: exact counts, coarse values, and any two can be added. */
export class BucketHistogram implements Histogram {
  readonly #bounds: Float64Array;
  /** By bucket, not cumulative; the last is +Inf. */
  readonly #counts: Float64Array;
  readonly #exemplars: (Exemplar | undefined)[] = [];
  readonly #exemplar: (() => Labels | undefined) | undefined;
  readonly #now: () => number;
  readonly #onRefused: (() => void) | undefined;
  #sum = 0;
  #refused = 0;

  /** @throws {RangeError} when the bounds are empty, not finite or not ascending. */
  constructor(bounds: readonly number[], options: BucketHistogramOptions = {}) {
    this.#bounds = checkBounds(bounds);
    this.#counts = new Float64Array(bounds.length + 1);
    this.#exemplar = options.exemplar;
    this.#now = options.now ?? Date.now;
    this.#onRefused = options.onRefused;
  }

  /** Records one value. What is not a finite number is refused, since it would spoil the sum for ever. */
  record(value: number): void {
    this.recordMany(value, 1);
  }

  recordMany(value: number, count: number): void {
    if (!isRecordable(value, count)) {
      this.#refused++;
      this.#onRefused?.();
      return;
    }
    if (count === 0) return;
    const bounds = this.#bounds;
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= (bounds[middle] as number)) high = middle;
      else low = middle + 1;
    }
    this.#counts[low] = (this.#counts[low] as number) + count;
    this.#sum += value * count;
    if (this.#exemplar !== undefined) this.#keepExemplar(low, value, this.#exemplar());
  }

  snapshot(): BucketSnapshot {
    let count = 0;
    const buckets = Array.from(this.#counts, (own, i): Bucket => {
      count += own;
      const bound = this.#bounds[i] ?? Infinity;
      const exemplar = this.#exemplars[i];
      return exemplar === undefined ? { bound, count } : { bound, count, exemplar };
    });
    return { kind: "buckets", buckets, sum: this.#sum, count, refused: this.#refused };
  }

  #keepExemplar(bucket: number, value: number, labels: Labels | undefined): void {
    if (labels === undefined) return;
    this.#exemplars[bucket] = { labels, value, timestamp: this.#now() };
  }
}
