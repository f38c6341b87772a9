import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import {
  type HistogramMean,
  type HistogramSum,
  IncompatibleHistogramsError,
} from "../../histogram/mod.ts";
import { conflictingResets, mismatchedBounds, mixedBucketKinds } from "../functions/messages.ts";
import { STRETCH } from "../../stretches.ts";
import { FLOAT, type StepSeries } from "../value.ts";
import type { AggregationNotes, Aggregator } from "./aggregator.ts";
import { type SeriesDraft, setHistogram } from "./steps.ts";

/** Bits of what a step has seen. */
const SEEN_FLOAT = 1;
const SEEN_HISTOGRAM = 2;
const INCOMPATIBLE = 4;

/** What `sum` and `avg` have in common: numbers and histograms, but not both at a step. */
export abstract class NumberOrHistogram implements Aggregator {
  protected readonly seen: Uint8Array;
  readonly #notes: AggregationNotes;
  #histograms: (HistogramSum | HistogramMean | undefined)[] | undefined;

  constructor(stepCount: number, notes: AggregationNotes) {
    this.seen = new Uint8Array(stepCount);
    this.#notes = notes;
  }

  protected abstract addNumber(step: number, value: number): void;
  protected abstract start(first: FloatHistogram): HistogramSum | HistogramMean;
  protected abstract number(step: number): number;

  get stretch(): number {
    return this.#histograms === undefined ? STRETCH : 4;
  }

  add({ labels, present, values, histograms }: StepSeries, from: number, to: number): void {
    const { seen } = this;
    for (let step = from; step < to; step++) {
      const kind = present[step] as number;
      if (kind === 0) continue;
      if (kind === FLOAT) {
        if (((seen[step] as number) & INCOMPATIBLE) !== 0) continue;
        this.addNumber(step, values[step] as number);
        seen[step] = (seen[step] as number) | SEEN_FLOAT;
      } else {
        const histogram = histograms?.[step];
        if (histogram !== undefined) this.#addHistogram(step, histogram, labels.metricName);
      }
    }
  }

  #addHistogram(step: number, histogram: FloatHistogram, metric: string): void {
    const seen = this.seen[step] as number;
    if ((seen & INCOMPATIBLE) !== 0) return;
    this.seen[step] = seen | SEEN_HISTOGRAM;
    this.#histograms ??= new Array(this.seen.length).fill(undefined);
    const running = this.#histograms[step];
    if (running === undefined) {
      // After a number nothing can come of the step any more.
      if (seen === 0) this.#histograms[step] = this.start(histogram);
      return;
    }
    try {
      running.add(histogram);
    } catch (error) {
      if (!(error instanceof IncompatibleHistogramsError)) throw error;
      this.#notes.warn(mixedBucketKinds(metric));
      this.seen[step] = seen | INCOMPATIBLE;
    }
  }

  finish(draft: SeriesDraft, from: number, to: number): void {
    const { seen } = this;
    for (let step = from; step < to; step++) {
      const kind = seen[step] as number;
      if (kind === SEEN_FLOAT) {
        draft.present[step] = FLOAT;
        draft.values[step] = this.number(step);
      } else if (kind !== 0) {
        this.#finishHistogram(draft, step, kind);
      }
    }
  }

  #finishHistogram(draft: SeriesDraft, step: number, kind: number): void {
    const running = this.#histograms?.[step];
    if (running?.boundsReconciled) this.#notes.info(mismatchedBounds("aggregation"));
    if ((kind & SEEN_FLOAT) !== 0) {
      this.#notes.warn("encountered a mix of histograms and floats for aggregation");
    } else if ((kind & INCOMPATIBLE) === 0 && running !== undefined) {
      setHistogram(draft, step, running.result());
      if (running.counterResetCollision) this.#notes.warn(conflictingResets("aggregation"));
    }
  }
}
