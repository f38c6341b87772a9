import {
  accumulate,
  type Accumulation,
  type Reconciliation,
  startAccumulation,
} from "./accumulate.ts";
import { compactHistogram, divideHistogram, multiplyHistogram } from "./arithmetic.ts";
import { type LossyBuckets, mapCounts } from "./buckets.ts";
import type { CounterReset, FloatHistogram, HistogramBuckets } from "./float_histogram.ts";

/** Whether a reset and the certainty of none were seen among histograms that became one. */
class CounterResets {
  #reset = false;
  #none = false;

  see(counterReset: CounterReset): void {
    this.#reset ||= counterReset === "reset";
    this.#none ||= counterReset === "none";
  }

  get collide(): boolean {
    return this.#reset && this.#none;
  }
}

/** Sum of histograms by Kahan's summation: `sum`, `sum_over_time`. */
export class HistogramSum implements Reconciliation {
  readonly #resets = new CounterResets();
  #accumulation: Accumulation;
  #boundsReconciled = false;

  constructor(first: FloatHistogram) {
    this.#accumulation = startAccumulation(first);
    this.#resets.see(first.counterReset);
  }

  /** @throws {IncompatibleHistogramsError} where only one has custom bounds */
  add(h: FloatHistogram): void {
    this.#resets.see(h.counterReset);
    const next = accumulate(this.#accumulation, h, 1);
    this.#boundsReconciled ||= next.boundsReconciled;
    this.#accumulation = next;
  }

  /** Some histogram was known to follow a reset, and some other one not to. */
  get counterResetCollision(): boolean {
    return this.#resets.collide;
  }

  get boundsReconciled(): boolean {
    return this.#boundsReconciled;
  }

  result(): FloatHistogram {
    return withLosses(this.#accumulation);
  }
}

/**
 * Mean of histograms: `avg`, `avg_over_time`. It is their sum by their number, and where the sum would
 * overflow the mean of what has come so far, carried on from one histogram to the next.
 */
export class HistogramMean implements Reconciliation {
  readonly #resets = new CounterResets();
  #accumulation: Accumulation;
  #count = 1;
  #incremental = false;
  #boundsReconciled = false;

  constructor(first: FloatHistogram) {
    this.#accumulation = startAccumulation(first);
    this.#resets.see(first.counterReset);
  }

  /** @throws {IncompatibleHistogramsError} where only one has custom bounds */
  add(h: FloatHistogram): void {
    this.#resets.see(h.counterReset);
    this.#count++;
    if (!this.#incremental) {
      const sum = this.#accumulate(this.#accumulation, h);
      if (!hasOverflow(sum.total)) {
        this.#accumulation = sum;
        return;
      }
      this.#incremental = true;
      this.#accumulation = scaleAccumulation(this.#accumulation, 1 / (this.#count - 1));
    }
    this.#accumulation = this.#accumulate(
      scaleAccumulation(this.#accumulation, (this.#count - 1) / this.#count),
      divideHistogram(h, this.#count),
    );
  }

  /** Some histogram was known to follow a reset, and some other one not to. */
  get counterResetCollision(): boolean {
    return this.#resets.collide;
  }

  get boundsReconciled(): boolean {
    return this.#boundsReconciled;
  }

  result(): FloatHistogram {
    if (this.#incremental) return withLosses(this.#accumulation);
    const mean = divideHistogram(this.#accumulation.total, this.#count);
    const lost = scaleAccumulation(this.#accumulation, 1 / this.#count);
    return withLosses({
      ...lost,
      total: mean,
      positive: { ...lost.positive, counts: mean.positive.counts },
      negative: { ...lost.negative, counts: mean.negative.counts },
    });
  }

  #accumulate(accumulation: Accumulation, h: FloatHistogram): Accumulation {
    const next = accumulate(accumulation, h, 1);
    this.#boundsReconciled ||= next.boundsReconciled;
    return next;
  }
}

/** The total with what had been lost given back, without empty buckets. */
function withLosses(from: Accumulation): FloatHistogram {
  return compactHistogram({
    ...from.total,
    count: from.total.count + from.lostCount,
    sum: from.total.sum + from.lostSum,
    zeroCount: from.total.zeroCount + from.lostZero,
    positive: giveBack(from.positive),
    negative: giveBack(from.negative),
  });
}

function giveBack({ indexes, counts, lost }: LossyBuckets): HistogramBuckets {
  return { indexes, counts: counts.map((count, i) => count + (lost[i] ?? 0)) };
}

function scaleAccumulation(from: Accumulation, factor: number): Accumulation {
  const total = multiplyHistogram(from.total, factor);
  const side = (lossy: LossyBuckets): LossyBuckets => ({
    ...mapCounts(lossy, (count) => count * factor),
    lost: lossy.lost.map((lost) => lost * factor),
  });
  return {
    total,
    lostCount: from.lostCount * factor,
    lostSum: from.lostSum * factor,
    lostZero: from.lostZero * factor,
    positive: side(from.positive),
    negative: side(from.negative),
  };
}

function hasOverflow(h: FloatHistogram): boolean {
  const infinite = (number: number) => number === Infinity || number === -Infinity;
  return infinite(h.zeroCount) || infinite(h.count) || infinite(h.sum) ||
    h.positive.counts.some(infinite) || h.negative.counts.some(infinite);
}
