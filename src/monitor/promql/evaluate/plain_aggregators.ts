import { STRETCH } from "../../stretches.ts";
import { quantileOfSorted } from "../functions/quantile.ts";
import { FLOAT, HISTOGRAM, type StepSeries } from "../value.ts";
import {
  type AggregationNotes,
  type Aggregator,
  forEachValue,
  histogramIgnored,
} from "./aggregator.ts";
import type { SeriesDraft } from "./steps.ts";

/** `min` and `max`: the number that is beyond all others; NaN only where there is nothing else. */
export class Extreme implements Aggregator {
  readonly stretch = STRETCH;
  readonly #operator: "min" | "max";
  readonly #notes: AggregationNotes;
  readonly #seen: Uint8Array;
  readonly #values: Float64Array;

  constructor(operator: "min" | "max", stepCount: number, notes: AggregationNotes) {
    this.#operator = operator;
    this.#notes = notes;
    this.#seen = new Uint8Array(stepCount);
    this.#values = new Float64Array(stepCount).fill(NaN);
  }

  add(series: StepSeries, from: number, to: number): void {
    const isMax = this.#operator === "max";
    forEachValue(series, from, to, (step, value, histogram) => {
      if (histogram !== undefined) {
        this.#notes.info(histogramIgnored(this.#operator));
        return;
      }
      this.#seen[step] = FLOAT;
      const best = this.#values[step] as number;
      if ((isMax ? best < value : best > value) || Number.isNaN(best)) this.#values[step] = value;
    });
  }

  finish(draft: SeriesDraft, from: number, to: number): void {
    draft.present.set(this.#seen.subarray(from, to), from);
    draft.values.set(this.#values.subarray(from, to), from);
  }
}

/** `count`, and `group`, which is 1 where that is more than nothing. */
export class Count implements Aggregator {
  readonly stretch = STRETCH;
  readonly #isGroup: boolean;
  readonly #counts: Float64Array;

  constructor(operator: "count" | "group", stepCount: number) {
    this.#isGroup = operator === "group";
    this.#counts = new Float64Array(stepCount);
  }

  add({ present }: StepSeries, from: number, to: number): void {
    const counts = this.#counts;
    for (let step = from; step < to; step++) {
      if (present[step] !== 0) counts[step] = (counts[step] as number) + 1;
    }
  }

  finish(draft: SeriesDraft, from: number, to: number): void {
    for (let step = from; step < to; step++) {
      const count = this.#counts[step] as number;
      if (count === 0) continue;
      draft.present[step] = FLOAT;
      draft.values[step] = this.#isGroup ? 1 : count;
    }
  }
}

/** `stddev` and `stdvar` of a whole population, by Welford's method. */
export class Deviation implements Aggregator {
  readonly stretch = STRETCH;
  readonly #operator: "stddev" | "stdvar";
  readonly #notes: AggregationNotes;
  readonly #counts: Float64Array;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;

  constructor(operator: "stddev" | "stdvar", stepCount: number, notes: AggregationNotes) {
    this.#operator = operator;
    this.#notes = notes;
    this.#counts = new Float64Array(stepCount);
    this.#means = new Float64Array(stepCount);
    this.#squares = new Float64Array(stepCount);
  }

  add(series: StepSeries, from: number, to: number): void {
    forEachValue(series, from, to, (step, value, histogram) => {
      if (histogram !== undefined) {
        this.#notes.info(histogramIgnored(this.#operator));
        return;
      }
      const count = (this.#counts[step] as number) + 1;
      this.#counts[step] = count;
      const mean = this.#means[step] as number;
      const delta = value - mean;
      // An infinite first value must not make the mean NaN by way of Inf - Inf.
      this.#means[step] = count === 1 ? value : mean + delta / count;
      this.#squares[step] = count === 1
        ? (Number.isFinite(value) ? 0 : NaN)
        : (this.#squares[step] as number) + delta * (value - (this.#means[step] as number));
    });
  }

  finish(draft: SeriesDraft, from: number, to: number): void {
    for (let step = from; step < to; step++) {
      const count = this.#counts[step] as number;
      if (count === 0) continue;
      const variance = (this.#squares[step] as number) / count;
      draft.present[step] = FLOAT;
      draft.values[step] = this.#operator === "stdvar" ? variance : Math.sqrt(variance);
    }
  }
}

/** `quantile`; the parameter may differ from step to step. */
export class Quantile implements Aggregator {
  readonly stretch = 1;
  readonly #quantiles: Float64Array;
  readonly #notes: AggregationNotes;
  readonly #members: StepSeries[] = [];
  #scratch = new Float64Array(0);

  constructor(quantiles: Float64Array, notes: AggregationNotes) {
    this.#quantiles = quantiles;
    this.#notes = notes;
  }

  add(series: StepSeries, from: number, to: number): void {
    if (from === 0) this.#members.push(series);
    if (series.histograms !== undefined && series.present.subarray(from, to).includes(HISTOGRAM)) {
      this.#notes.info(histogramIgnored("quantile"));
    }
  }

  finish(draft: SeriesDraft, from: number, to: number): void {
    if (this.#scratch.length < this.#members.length) {
      this.#scratch = new Float64Array(this.#members.length);
    }
    const values = this.#scratch.subarray(0, this.#members.length);
    for (let step = from; step < to; step++) {
      // NaN sorts first here, but last for typed arrays: so it goes to the front by hand.
      let nans = 0;
      let end = values.length;
      for (const member of this.#members) {
        if (member.present[step] !== FLOAT) continue;
        const value = member.values[step] as number;
        if (Number.isNaN(value)) nans++;
        else values[--end] = value;
      }
      const numbers = values.length - end;
      if (nans + numbers === 0) continue;
      values.subarray(end).sort();
      values.fill(NaN, end - nans, end);
      draft.present[step] = FLOAT;
      draft.values[step] = quantileOfSorted(
        this.#quantiles[step] as number,
        values.subarray(end - nans),
      );
    }
  }
}
