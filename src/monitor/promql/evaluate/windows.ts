import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import type { Labels } from "../../labels.ts";
import type { Pace } from "../../pace.ts";
import { pick } from "../../pick.ts";
import type { Samples } from "../../samples.ts";
import { finishInSlices, inStretches, STRETCH } from "../../stretches.ts";
import { indexAfter } from "../../times.ts";
import type { Annotations } from "../annotations.ts";
import type { Call } from "../ast.ts";
import type { FunctionNotes, RangeWindow } from "../functions/function.ts";
import { HISTOGRAM_STRETCH, histogramSize } from "./sample_budget.ts";

/** What a function says, put at the place of the argument that it is about. */
export class CallNotes implements FunctionNotes {
  readonly #annotations: Annotations;
  readonly #call: Call;

  constructor(annotations: Annotations, call: Call) {
    this.#annotations = annotations;
    this.#call = call;
  }

  warn(message: string, argument = 0): void {
    this.#annotations.warn(message, this.#call.arguments[argument] ?? this.#call);
  }

  info(message: string, argument = 0): void {
    this.#annotations.info(message, this.#call.arguments[argument] ?? this.#call);
  }

  warnCounted(message: string, argument = 0): void {
    this.#annotations.warnCounted(message, this.#call.arguments[argument] ?? this.#call);
  }
}

/** A range of a series that moves on step by step; no sample is copied. */
export class MovingWindow extends CallNotes implements RangeWindow {
  labels: Labels;
  samples: Samples;
  from = 0;
  to = 0;
  rangeStart = 0;
  rangeEnd = 0;
  time = 0;
  readonly extension: RangeWindow["extension"];
  readonly lookback: number;
  readonly scalars: number[];

  constructor(
    annotations: Annotations,
    call: Call,
    { labels, samples }: { readonly labels: Labels; readonly samples: Samples },
    { extension, lookback }: Required<Pick<RangeWindow, "extension" | "lookback">>,
  ) {
    super(annotations, call);
    this.labels = labels;
    this.samples = samples;
    this.extension = extension;
    this.lookback = lookback;
    this.scalars = new Array<number>(call.arguments.length).fill(NaN);
  }

  /** To the samples in (start, end]. Both must not be before those of the last call. */
  moveTo(start: number, end: number): void {
    const { times } = this.samples;
    this.to = indexAfter(times, end, this.to);
    this.from = Math.min(indexAfter(times, start, this.from), this.to);
    this.rangeStart = start;
    this.rangeEnd = end;
  }
}

/**
 * Samples without stale markers, and without the times since when they count where nobody asks. No
 * promise where there are no markers, as for nearly all series.
 */
export function plainSamples(
  samples: Samples,
  { useStartTimes, pace }: { readonly useStartTimes: boolean; readonly pace: Pace },
): Samples | Promise<Samples> {
  const { stale, starts, ...columns } = samples;
  if (stale === undefined && starts === undefined) return samples;
  const wanted = useStartTimes && starts !== undefined ? { ...columns, starts } : columns;
  return stale === undefined || !stale.includes(1) ? wanted : unmarked(wanted, stale, pace);
}

/** Samples that are not marked as stale. */
async function unmarked(samples: Samples, stale: Uint8Array, pace: Pace): Promise<Samples> {
  const kept = new Uint32Array(stale.length);
  let count = 0;
  await inStretches(stale.length, STRETCH, pace, (from, to) => {
    for (let i = from; i < to; i++) if (stale[i] !== 1) kept[count++] = i;
  });
  const indexes = kept.subarray(0, count);
  const column = (all: Float64Array) => finishInSlices(pick(all, indexes), pace);
  const { histograms, starts } = samples;
  return {
    times: await column(samples.times),
    values: await column(samples.values),
    ...(histograms && { histograms: histograms.filter((_, index) => stale[index] !== 1) }),
    ...(starts && { starts: await column(starts) }),
  };
}

/** For each index, how many samples those before it count for. */
export async function cumulativeSizes(
  histograms: readonly (FloatHistogram | undefined)[],
  pace: Pace,
): Promise<Float64Array> {
  const sizes = new Float64Array(histograms.length + 1);
  await inStretches(histograms.length, HISTOGRAM_STRETCH, pace, (from, to) => {
    for (let i = from; i < to; i++) {
      const histogram = histograms[i];
      const size = histogram === undefined ? 1 : histogramSize(histogram);
      sizes[i + 1] = (sizes[i] as number) + size;
    }
  });
  return sizes;
}
