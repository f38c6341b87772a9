/**
 * A sketch of a distribution: quantiles of any number of values within a relative error, in bounded
 * memory (DDSketch: Masson, Rim and Lee, VLDB 2019, https://arxiv.org/abs/1908.10693).
 *
 * Accuracy, limits and arithmetic are those that the metrics family in Rust uses, to the last
 * digit, so that a figure can be compared with one from there.
 *
 * @module
 */
import { Bins } from "./bins.ts";

/** The relative error of a quantile, unless another is asked for: 0.01 %. */
export const DEFAULT_RELATIVE_ERROR = 0.0001;
/** Bins for each sign. At the default error they span a factor of about 700 below the largest value. */
const MAX_BINS = 32_768;
/** A value no further from 0 than this is 0. */
const MIN_VALUE = 1e-9;

/**
 * Quantiles within a relative error, by default 0.01 %, in at most 512 KiB (256 KiB where no value
 * is negative).
 *
 * The largest values are always exact to that. At the default error, values more than about 700
 * times smaller than the largest are counted together, as the smallest value that can still be told
 * apart; with an error of 1 % nothing that a double can hold is.
 * Values that are not finite numbers (±Infinity, NaN) are dropped.
 */
export class Sketch {
  readonly #gammaLn: number;
  /** Takes the upper end of a bin to the value that stands for it. */
  readonly #middle: number;
  readonly #positive = new Bins(MAX_BINS);
  readonly #negative = new Bins(MAX_BINS);
  #zeros = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  /** @throws {RangeError} when the error is not above 0 and below 1. */
  constructor(relativeError: number = DEFAULT_RELATIVE_ERROR) {
    if (!(relativeError > 0 && relativeError < 1)) {
      throw new RangeError(
        `Cannot make a sketch: the relative error must be above 0 and below 1, current value is ${relativeError}`,
      );
    }
    const growth = (2 * relativeError) / (1 - relativeError);
    this.#gammaLn = Math.log1p(growth);
    this.#middle = 2 / (1 + (1 + growth));
  }

  /** How many values there are. */
  get count(): number {
    return this.#negative.total + this.#zeros + this.#positive.total;
  }

  /** The sum of the values, added up in the order in which they came. */
  get sum(): number {
    return this.#sum;
  }

  /** The smallest value, exact; undefined when empty. */
  get min(): number | undefined {
    return this.count === 0 ? undefined : this.#min;
  }

  /** The largest value, exact; undefined when empty. */
  get max(): number | undefined {
    return this.count === 0 ? undefined : this.#max;
  }

  /** Adds `value`, `count` times (a whole number ≥ 1, not checked). */
  add(value: number, count: number = 1): void {
    if (value > MIN_VALUE) {
      if (value === Infinity) return;
      this.#positive.add(this.#keyOf(value), count);
    } else if (value < -MIN_VALUE) {
      if (value === -Infinity) return;
      this.#negative.add(this.#keyOf(-value), count);
    } else if (value === value) {
      this.#zeros += count;
    } else {
      return; // NaN
    }
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    this.#sum += value * count;
  }

  /**
   * Adds everything that `other` has.
   *
   * @throws {RangeError} when the two have different relative errors.
   */
  merge(other: Sketch): void {
    if (other.#gammaLn !== this.#gammaLn) {
      throw new RangeError("Cannot merge sketches: their relative errors differ");
    }
    this.#positive.merge(other.#positive);
    this.#negative.merge(other.#negative);
    this.#zeros += other.#zeros;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  /** Empties the sketch and keeps its memory for the next values. */
  clear(): void {
    this.#positive.clear();
    this.#negative.clear();
    this.#zeros = 0;
    this.#sum = 0;
    this.#min = Infinity;
    this.#max = -Infinity;
  }

  /**
   * The value with rank ⌊q · (count − 1)⌋: the exact minimum for q = 0, the exact maximum for q = 1,
   * undefined when the sketch is empty.
   *
   * @throws {RangeError} when q is not from 0 to 1.
   */
  quantile(q: number): number | undefined {
    if (!(q >= 0 && q <= 1)) {
      throw new RangeError(`Cannot give a quantile: it must be from 0 to 1, current value is ${q}`);
    }
    const count = this.count;
    if (count === 0) return undefined;
    if (q === 0) return this.#min;
    if (q === 1) return this.#max;
    const rank = Math.floor(q * (count - 1));
    const negatives = this.#negative.total;
    if (rank < negatives) return -this.#valueOf(this.#negative.keyAtRank(negatives - rank - 1));
    if (rank < negatives + this.#zeros) return 0;
    return this.#valueOf(this.#positive.keyAtRank(rank - negatives - this.#zeros));
  }

  /** The bin of a positive value. */
  #keyOf(value: number): number {
    return Math.ceil(Math.log(value) / this.#gammaLn);
  }

  /** The value that stands for a bin. The last bin of all would be Infinity. */
  #valueOf(key: number): number {
    return Math.min(Math.exp(key * this.#gammaLn) * this.#middle, Number.MAX_VALUE);
  }
}
