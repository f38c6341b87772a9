import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import {
  addHistograms,
  detectReset,
  IncompatibleHistogramsError,
  multiplyHistogram,
  subtractHistograms,
  usesCustomBuckets,
} from "../../histogram/mod.ts";
import type { Samples } from "../../samples.ts";
import { indexAfter } from "../../times.ts";
import type { VectorSelector } from "../ast.ts";
import {
  mismatchedBounds,
  mixedBucketKinds,
  mixedFloatsAndHistograms,
} from "../functions/messages.ts";
import type { Steps, StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { seriesSize } from "./sample_budget.ts";
import { dataSteps, selectSeries, withoutResetHint } from "./selectors.ts";
import { draftSeries, hasValues, setValue } from "./steps.ts";
import { plainSamples } from "./windows.ts";

/**
 * `selector smoothed`: between two samples the value on the line from one to the other, after the
 * last one its value, each as far as the look-back goes.
 */
export async function smoothedVector(
  evaluator: Evaluator,
  selector: VectorSelector,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const { lookbackMs, pace } = evaluator;
  const { start, end, step } = dataSteps(selector, steps);
  const selected = await selectSeries(evaluator, selector, {
    start: start - lookbackMs + 1,
    end: end + lookbackMs,
  });
  const result: StepSeries[] = [];
  for (const series of selected) {
    const samples = await plainSamples(series.samples, evaluator);
    const { times } = samples;
    const notes = new Smoothing(evaluator, selector, series.labels.metricName);
    const draft = draftSeries(series.labels, steps.count, false);
    let from = 0;
    let to = 0;
    const looks = samples.histograms === undefined ? 1024 : 1;
    for (let i = 0; i < steps.count; i++) {
      if (pace.due(looks)) await pace.giveWay();
      const time = start + i * step;
      to = indexAfter(times, time + lookbackMs, to);
      from = indexAfter(times, time - lookbackMs, from);
      if (from < to) setValue(draft, i, notes.valueAt(samples, from, to, time));
    }
    if (hasValues(draft)) {
      evaluator.samples.hold(await seriesSize(draft, pace));
      result.push(draft);
    }
    if (pace.due()) await pace.giveWay();
  }
  return result;
}

class Smoothing {
  readonly #evaluator: Evaluator;
  readonly #selector: VectorSelector;
  readonly #metric: string;

  constructor(evaluator: Evaluator, selector: VectorSelector, metric: string) {
    this.#evaluator = evaluator;
    this.#selector = selector;
    this.#metric = metric;
  }

  /** The value at a time, of the samples from index `from` to before `to`. */
  valueAt(
    samples: Samples,
    from: number,
    to: number,
    time: number,
  ): number | FloatHistogram | undefined {
    const { times, values, histograms } = samples;
    const found = histograms?.slice(from, to).filter((histogram) => histogram !== undefined) ?? [];
    if (found.length > 0 && found.length < to - from) {
      this.#warn(mixedFloatsAndHistograms(this.#metric));
      return undefined;
    }
    let next = from;
    while (next < to && (times[next] as number) < time) next++;
    if (next < to && times[next] === time) return histograms?.[next] ?? values[next];
    if (next === from) return undefined;
    const previous = next - 1;
    const earlier = histograms?.[previous];
    if (next === to) return earlier === undefined ? values[previous] : withoutResetHint(earlier);
    const startTime = times[previous] as number;
    const fraction = (time - startTime) / ((times[next] as number) - startTime);
    const later = histograms?.[next];
    if (earlier === undefined || later === undefined) {
      const value = values[previous] as number;
      const change = ((values[next] as number) - value) * (time - startTime);
      return value + change / ((times[next] as number) - startTime);
    }
    return this.#between(earlier, later, fraction);
  }

  #between(
    earlier: FloatHistogram,
    later: FloatHistogram,
    fraction: number,
  ): FloatHistogram | undefined {
    if (usesCustomBuckets(earlier) !== usesCustomBuckets(later)) {
      this.#warn(mixedBucketKinds(this.#metric));
      return undefined;
    }
    const isCounter = earlier.counterReset !== "gauge" || later.counterReset !== "gauge";
    if (isCounter && detectReset(later, earlier)) return multiplyHistogram(later, fraction);
    try {
      const change = subtractHistograms(later, earlier);
      if (change.boundsReconciled) this.#info(mismatchedBounds("subtraction"));
      const sum = addHistograms(multiplyHistogram(change.histogram, fraction), earlier);
      if (sum.boundsReconciled) this.#info(mismatchedBounds("addition"));
      return sum.histogram;
    } catch (error) {
      if (!(error instanceof IncompatibleHistogramsError)) throw error;
      this.#warn(mixedBucketKinds(this.#metric));
      return undefined;
    }
  }

  #warn(message: string): void {
    this.#evaluator.annotations.warn(message, this.#selector);
  }

  #info(message: string): void {
    this.#evaluator.annotations.info(message, this.#selector);
  }
}
