import { lostAfter } from "../../kahan.ts";

/**
 * The mean of numbers: their sum by their count, and where the sum would overflow the mean of what has
 * come so far, carried on from one number to the next.
 */
export class RunningMean {
  /** The sum, or the mean where `#grows`. */
  #total = 0;
  #lost = 0;
  #count = 0;
  #grows = false;

  /** Takes the numbers from index `from` to before `to`. */
  addAll(values: Float64Array, from: number, to: number): void {
    const rest = this.#grows ? from : this.#addToSum(values, from, to);
    if (rest < to) this.#addToMean(values, rest, to);
  }

  /** Gives the index of the first number with which the sum would overflow. */
  #addToSum(values: Float64Array, from: number, to: number): number {
    let sum = this.#total;
    let lost = this.#lost;
    let i = from;
    for (; i < to; i++) {
      const value = values[i] as number;
      const next = sum + value;
      // A first value may be infinite.
      if ((next === Infinity || next === -Infinity) && (i > from || this.#count > 0)) break;
      lost = lostAfter(lost, sum, value, next);
      sum = next;
    }
    this.#total = sum;
    this.#lost = lost;
    this.#count += i - from;
    return i;
  }

  #addToMean(values: Float64Array, from: number, to: number): void {
    if (!this.#grows) {
      this.#grows = true;
      this.#total /= this.#count;
      this.#lost /= this.#count;
    }
    let mean = this.#total;
    let lost = this.#lost;
    for (let i = from; i < to; i++) {
      this.#count++;
      const share = (this.#count - 1) / this.#count;
      const addend = (values[i] as number) / this.#count;
      mean *= share;
      const next = mean + addend;
      lost = lostAfter(lost * share, mean, addend, next);
      mean = next;
    }
    this.#total = mean;
    this.#lost = lost;
  }

  /** NaN of no numbers. */
  get value(): number {
    return this.#grows
      ? this.#total + this.#lost
      : this.#total / this.#count + this.#lost / this.#count;
  }

  reset(): void {
    this.#total = 0;
    this.#lost = 0;
    this.#count = 0;
    this.#grows = false;
  }
}
