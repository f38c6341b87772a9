/**
 * Classic histograms put together from the series of their buckets, and the native ones among them:
 * what `histogram_quantile` and its kin work on.
 */
import type { Labels } from "../../labels.ts";
import { FLOAT, HISTOGRAM, type StepSeries } from "../value.ts";
import type { Buckets } from "./classic_buckets.ts";
import type { VectorCall } from "./function.ts";
import { parseGoFloat } from "./go_numbers.ts";
import { badBucketLabel, mixedClassicAndNative } from "./messages.ts";

const UPPER_BOUND = "le";

/** The histograms of a vector. */
interface HistogramVector {
  readonly classic: readonly ClassicHistogram[];
  readonly native: readonly NativeHistogram[];
}

/** Series that differ in `le` only. */
export class ClassicHistogram {
  /** Without `le`. */
  readonly labels: Labels;
  /** Steps at which a native histogram of the same labels is in the way. */
  readonly blocked: Uint8Array;
  readonly #bounds: number[] = [];
  readonly #series: StepSeries[] = [];

  constructor(labels: Labels, steps: number) {
    this.labels = labels;
    this.blocked = new Uint8Array(steps);
  }

  /** Keeps bounds rising, in the order of arrival where they are the same. */
  add(bound: number, series: StepSeries): void {
    let at = this.#bounds.length;
    while (at > 0 && bound < (this.#bounds[at - 1] ?? NaN)) at--;
    this.#bounds.splice(at, 0, bound);
    this.#series.splice(at, 0, series);
  }

  /** How many buckets there may be at a step. */
  get size(): number {
    return this.#series.length;
  }

  hasBucketsAt(step: number): boolean {
    return this.#series.some(({ present }) => present[step] === FLOAT);
  }

  /** Writes the buckets of a step; there are none where the step is blocked. */
  readInto(buckets: Buckets, step: number): void {
    buckets.length = 0;
    if (this.blocked[step] === 1) return;
    const size = this.#series.length;
    if (buckets.bounds.length < size) {
      buckets.bounds = new Float64Array(2 * size);
      buckets.counts = new Float64Array(2 * size);
    }
    let length = 0;
    for (let i = 0; i < size; i++) {
      const series = this.#series[i];
      if (series === undefined || series.present[step] !== FLOAT) continue;
      buckets.bounds[length] = this.#bounds[i] ?? NaN;
      buckets.counts[length] = series.values[step] ?? NaN;
      length++;
    }
    buckets.length = length;
  }
}

/** A series that has native histograms. */
export interface NativeHistogram {
  readonly series: StepSeries;
  /** Steps at which a classic histogram of the same labels is in the way. */
  readonly blocked: Uint8Array;
}

/** Sorts a vector into histograms, and says what is none. */
export async function histogramsOf(call: VectorCall, argument: number): Promise<HistogramVector> {
  const steps = call.steps.count;
  const classic = new Map<string, ClassicHistogram>();
  const native: NativeHistogram[] = [];
  for (const series of call.vector(argument)) {
    if (series.histograms !== undefined && series.present.includes(HISTOGRAM)) {
      native.push({ series, blocked: new Uint8Array(steps) });
    }
    if (series.present.includes(FLOAT)) {
      const text = series.labels.get(UPPER_BOUND);
      const bound = parseGoFloat(text);
      if (bound === undefined || Number.isNaN(bound)) {
        call.warn(badBucketLabel(text, nameInNotes(call, series.labels)), argument);
      } else {
        const labels = series.labels.without([UPPER_BOUND]);
        let histogram = classic.get(labels.key);
        if (histogram === undefined) {
          histogram = new ClassicHistogram(labels, steps);
          classic.set(labels.key, histogram);
        }
        histogram.add(bound, series);
      }
    }
    if (call.pace.due(16)) await call.pace.giveWay();
  }
  for (const histogram of native) {
    const rival = classic.get(histogram.series.labels.key);
    if (rival !== undefined) await block(call, argument, histogram, rival);
  }
  return { classic: [...classic.values()], native };
}

/** Where both are there, neither counts. */
async function block(
  call: VectorCall,
  argument: number,
  native: NativeHistogram,
  classic: ClassicHistogram,
): Promise<void> {
  const looks = looksAt(classic);
  for (let step = 0; step < call.steps.count; step++) {
    if (call.pace.due(looks)) await call.pace.giveWay();
    if (native.series.present[step] !== HISTOGRAM || !classic.hasBucketsAt(step)) continue;
    native.blocked[step] = 1;
    classic.blocked[step] = 1;
    call.warn(mixedClassicAndNative(nameInNotes(call, classic.labels)), argument);
  }
}

/** At how many steps the clock is looked at once, for buckets to take less than half a millisecond. */
export function looksAt({ size }: ClassicHistogram): number {
  return Math.max(1, Math.floor(2048 / (size + 1)));
}

/** The metric's name as notes have it: only where it is kept to the end of the query. */
export function nameInNotes(call: VectorCall, labels: Labels): string {
  return call.delayedNameRemoval ? labels.metricName : "";
}
