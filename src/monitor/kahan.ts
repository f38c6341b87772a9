/**
 * Sums that keep what rounding would lose: Kahan's summation as Neumaier improved it. A sum that has
 * become infinite has lost nothing.
 *
 * @module
 */

/**
 * What has been lost in a running sum, after `increment` was added to `sum` and gave `total`: the exact
 * sum is nearer to `total + lost`.
 */
export function lostAfter(lost: number, sum: number, increment: number, total: number): number {
  if (total === Infinity || total === -Infinity) return 0;
  return lost +
    (Math.abs(sum) >= Math.abs(increment) ? (sum - total) + increment : (increment - total) + sum);
}

/** A running sum and what it has lost. */
export class KahanSum {
  sum = 0;
  lost = 0;

  add(value: number): void {
    const next = this.sum + value;
    this.lost = lostAfter(this.lost, this.sum, value, next);
    this.sum = next;
  }

  /** Adds the numbers from index `from` to before `to`. */
  addAll(values: Float64Array, from: number, to: number): void {
    let { sum, lost } = this;
    for (let i = from; i < to; i++) {
      const value = values[i] as number;
      const next = sum + value;
      lost = lostAfter(lost, sum, value, next);
      sum = next;
    }
    this.sum = sum;
    this.lost = lost;
  }

  /** The sum with what it has lost. */
  get value(): number {
    return this.sum + this.lost;
  }

  reset(): void {
    this.sum = 0;
    this.lost = 0;
  }
}
