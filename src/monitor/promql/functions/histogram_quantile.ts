/** `histogram_quantile` and `histogram_quantiles`, of both kinds of histograms. */
import { formatCompactFloat } from "../../format_float.ts";
import { quantile } from "../../histogram/mod.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import { HISTOGRAM, type StepSeries } from "../value.ts";
import {
  bucketQuantile,
  type Buckets,
  coalesce,
  isComplete,
  makeMonotonic,
  noBuckets,
  type Repair,
} from "./classic_buckets.ts";
import {
  type ClassicHistogram,
  histogramsOf,
  looksAt,
  nameInNotes,
  type NativeHistogram,
} from "./classic_histograms.ts";
import type { FunctionImplementation, VectorCall } from "./function.ts";
import { invalidQuantile, withMetric } from "./messages.ts";
import { MonotonicityNotes } from "./monotonicity_notes.ts";
import { QuantileWriter } from "./quantile_writer.ts";

export const HISTOGRAM_QUANTILES: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["histogram_quantile", {
    kind: "vector",
    evaluate: (call) => quantiles(call, { vector: 1, quantiles: [0] }),
  }],
  ["histogram_quantiles", {
    kind: "vector",
    evaluate: (call) =>
      quantiles(call, {
        vector: 0,
        label: call.string(1),
        quantiles: call.arguments.slice(2).map((_, i) => i + 2),
      }),
  }],
]);

/** Which argument is what. */
interface QuantileArguments {
  readonly vector: number;
  readonly quantiles: readonly number[];
  /** The label that tells the quantile; without one there is one quantile only. */
  readonly label?: string;
}

async function quantiles(
  call: VectorCall,
  { vector, quantiles, label }: QuantileArguments,
): Promise<StepSeries[]> {
  const columns: Float64Array[] = [];
  for (const argument of quantiles) {
    const column = call.scalar(argument);
    await warnOfInvalid(call, argument, column);
    columns.push(column);
  }
  const { native, classic } = await histogramsOf(call, vector);
  const notes = new MonotonicityNotes();
  const result: StepSeries[] = [];
  for (const histogram of native) {
    const writer = new QuantileWriter(call, histogram.series.labels, label);
    await writeNative(call, histogram, columns, writer, vector);
    result.push(...writer.series());
    if (call.pace.due()) await call.pace.giveWay();
  }
  for (const histogram of classic) {
    const writer = new QuantileWriter(call, histogram.labels, label);
    await writeClassic(call, histogram, columns, writer, notes);
    result.push(...writer.series());
    if (call.pace.due()) await call.pace.giveWay();
  }
  notes.tell(call, vector);
  return result;
}

async function warnOfInvalid(
  call: VectorCall,
  argument: number,
  column: Float64Array,
): Promise<void> {
  let last = 0;
  await inStretches(column.length, STRETCH, call.pace, (from, to) => {
    for (let i = from; i < to; i++) {
      const value = column[i] as number;
      if ((value >= 0 && value <= 1) || Object.is(value, last)) continue;
      call.warn(invalidQuantile(formatCompactFloat(value)), argument);
      last = value;
    }
  });
}

async function writeNative(
  call: VectorCall,
  { series, blocked }: NativeHistogram,
  columns: readonly Float64Array[],
  writer: QuantileWriter,
  argument: number,
): Promise<void> {
  const metric = nameInNotes(call, series.labels);
  for (let step = 0; step < call.steps.count; step++) {
    if (call.pace.due(16)) await call.pace.giveWay();
    const histogram = series.histograms?.[step];
    if (series.present[step] !== HISTOGRAM || histogram === undefined || blocked[step] === 1) {
      continue;
    }
    for (const column of columns) {
      const wanted = column[step] ?? NaN;
      const { value, note } = quantile(wanted, histogram);
      if (note !== undefined) call.info(withMetric(note, metric), argument);
      writer.write(step, wanted, value);
    }
  }
}

/** Used for every step. */
const buckets: Buckets = noBuckets();
const repair: Repair = { lowest: NaN, highest: NaN, most: 0 };

async function writeClassic(
  call: VectorCall,
  histogram: ClassicHistogram,
  columns: readonly Float64Array[],
  writer: QuantileWriter,
  notes: MonotonicityNotes,
): Promise<void> {
  const { steps } = call;
  for (let step = 0; step < steps.count; step++) {
    if (call.pace.due(looksAt(histogram))) await call.pace.giveWay();
    histogram.readInto(buckets, step);
    if (buckets.length === 0) continue;
    const complete = isComplete(buckets);
    let isReady = false;
    for (const column of columns) {
      const wanted = column[step] ?? NaN;
      let value = NaN;
      if (wanted < 0) value = -Infinity;
      else if (wanted > 1) value = Infinity;
      else if (complete && !Number.isNaN(wanted)) {
        if (!isReady) {
          coalesce(buckets);
          makeMonotonic(buckets, repair);
          isReady = true;
          if (repair.most > 0) {
            notes.add(nameInNotes(call, histogram.labels), repair, steps.start + step * steps.step);
          }
        }
        value = bucketQuantile(wanted, buckets);
      }
      writer.write(step, wanted, value);
    }
  }
}
