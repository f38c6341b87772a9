/**
 * A sum that keeps what rounding would lose, after Kahan and Neumaier. A sum that has become
 * infinite stays so.
 */
export class KahanSum {
  sum: number;
  compensation: number;

  constructor(sum = 0, compensation = 0) {
    this.sum = sum;
    this.compensation = compensation;
  }

  add(value: number): void {
    const next = this.sum + value;
    if (next === Infinity || next === -Infinity) {
      this.compensation = 0;
    } else if (Math.abs(this.sum) >= Math.abs(value)) {
      this.compensation += (this.sum - next) + value;
    } else {
      this.compensation += (value - next) + this.sum;
    }
    this.sum = next;
  }

  get value(): number {
    return this.sum + this.compensation;
  }

  reset(sum = 0, compensation = 0): void {
    this.sum = sum;
    this.compensation = compensation;
  }
}
