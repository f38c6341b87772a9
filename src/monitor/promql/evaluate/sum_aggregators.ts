import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import { HistogramMean, HistogramSum } from "../../histogram/mod.ts";
import { lostAfter } from "../../kahan.ts";
import type { AggregationNotes } from "./aggregator.ts";
import { NumberOrHistogram } from "./number_or_histogram.ts";

/** `sum`, by the summation of Kahan and Neumaier. */
export class Sum extends NumberOrHistogram {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(stepCount: number, notes: AggregationNotes) {
    super(stepCount, notes);
    this.#sums = new Float64Array(stepCount);
    this.#lost = new Float64Array(stepCount);
  }

  protected addNumber(step: number, value: number): void {
    const sum = this.#sums[step] as number;
    const next = sum + value;
    this.#lost[step] = lostAfter(this.#lost[step] as number, sum, value, next);
    this.#sums[step] = next;
  }

  protected start(first: FloatHistogram): HistogramSum {
    return new HistogramSum(first);
  }

  protected number(step: number): number {
    return (this.#sums[step] as number) + (this.#lost[step] as number);
  }
}

/**
 * `avg`: the sum by the count, and once the sum would overflow the mean so far, carried on from
 * value to value.
 */
export class Average extends NumberOrHistogram {
  /** The sum, or the mean where `#isMean` says so. */
  readonly #totals: Float64Array;
  readonly #lost: Float64Array;
  readonly #counts: Float64Array;
  readonly #isMean: Uint8Array;

  constructor(stepCount: number, notes: AggregationNotes) {
    super(stepCount, notes);
    this.#totals = new Float64Array(stepCount);
    this.#lost = new Float64Array(stepCount);
    this.#counts = new Float64Array(stepCount);
    this.#isMean = new Uint8Array(stepCount);
  }

  protected addNumber(step: number, value: number): void {
    const count = (this.#counts[step] as number) + 1;
    this.#counts[step] = count;
    if (this.#isMean[step] === 0) {
      const total = this.#totals[step] as number;
      const next = total + value;
      if (count === 1 || (next !== Infinity && next !== -Infinity)) {
        this.#add(step, total, this.#lost[step] as number, value);
        return;
      }
      this.#isMean[step] = 1;
      this.#totals[step] = total / (count - 1);
      this.#lost[step] = (this.#lost[step] as number) / (count - 1);
    }
    const share = (count - 1) / count;
    this.#add(
      step,
      share * (this.#totals[step] as number),
      share * (this.#lost[step] as number),
      value / count,
    );
  }

  #add(step: number, total: number, lost: number, value: number): void {
    const next = total + value;
    this.#lost[step] = lostAfter(lost, total, value, next);
    this.#totals[step] = next;
  }

  protected start(first: FloatHistogram): HistogramMean {
    return new HistogramMean(first);
  }

  protected number(step: number): number {
    const total = this.#totals[step] as number;
    const lost = this.#lost[step] as number;
    const count = this.#counts[step] as number;
    return this.#isMean[step] === 1 ? total + lost : total / count + lost / count;
  }
}
