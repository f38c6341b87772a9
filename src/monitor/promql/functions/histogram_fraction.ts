/** `histogram_fraction`, of both kinds of histograms. */
import { fraction } from "../../histogram/mod.ts";
import { resultLabels } from "../evaluate/names.ts";
import { draftSeries, hasValues, setValue } from "../evaluate/steps.ts";
import { HISTOGRAM, type StepSeries } from "../value.ts";
import {
  bucketFraction,
  type Buckets,
  coalesce,
  isComplete,
  noBuckets,
} from "./classic_buckets.ts";
import { histogramsOf, looksAt, nameInNotes } from "./classic_histograms.ts";
import type { FunctionImplementation, VectorCall } from "./function.ts";
import { withMetric } from "./messages.ts";

export const HISTOGRAM_FRACTION: ReadonlyMap<string, FunctionImplementation> = new Map([
  ["histogram_fraction", { kind: "vector", evaluate: fractions }],
]);

const VECTOR = 2;

/** Used for every step. */
const buckets: Buckets = noBuckets();

async function fractions(call: VectorCall): Promise<StepSeries[]> {
  const { native, classic } = await histogramsOf(call, VECTOR);
  const lower = call.scalar(0);
  const upper = call.scalar(1);
  const { count } = call.steps;
  const result: StepSeries[] = [];
  for (const { series, blocked } of native) {
    const draft = draftSeries(resultLabels(series.labels, call), count, true);
    const metric = nameInNotes(call, series.labels);
    for (let step = 0; step < count; step++) {
      if (call.pace.due(16)) await call.pace.giveWay();
      const histogram = series.histograms?.[step];
      if (series.present[step] !== HISTOGRAM || histogram === undefined || blocked[step] === 1) {
        continue;
      }
      const { value, note } = fraction(lower[step] ?? NaN, upper[step] ?? NaN, histogram);
      if (note !== undefined) call.info(withMetric(note, metric), VECTOR);
      setValue(draft, step, value);
    }
    if (hasValues(draft)) result.push(draft);
    if (call.pace.due()) await call.pace.giveWay();
  }
  for (const histogram of classic) {
    const draft = draftSeries(resultLabels(histogram.labels, call), count, true);
    const looks = looksAt(histogram);
    for (let step = 0; step < count; step++) {
      if (call.pace.due(looks)) await call.pace.giveWay();
      histogram.readInto(buckets, step);
      if (buckets.length === 0) continue;
      let value = NaN;
      if (isComplete(buckets)) {
        coalesce(buckets);
        value = bucketFraction(lower[step] ?? NaN, upper[step] ?? NaN, buckets);
      }
      setValue(draft, step, value);
    }
    if (hasValues(draft)) result.push(draft);
    if (call.pace.due()) await call.pace.giveWay();
  }
  return result;
}
