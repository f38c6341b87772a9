/**
 * What becomes of values that a cell cannot take: recording never throws, so they are counted instead.
 *
 * @module
 */
import type { Recorder } from "./recorder.ts";

/** The name of the counter that says how many values were refused, by metric. */
export const REFUSAL_COUNTER = "metrics_refused_total";

/** Whether a histogram takes `value`, `count` times: a finite number, a whole number of times. */
export function isRecordable(value: number, count: number): boolean {
  return Number.isFinite(value) && Number.isInteger(count) && count >= 0;
}

/** A function that counts a refused value of a metric in `metrics_refused_total{metric}` of the recorder. */
export function countRefusals(recorder: () => Recorder): (metric: string) => void {
  return (metric) => recorder().registerCounter(REFUSAL_COUNTER, { metric }).increment();
}
