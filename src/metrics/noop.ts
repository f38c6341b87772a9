/**
 * Handles that do nothing: what is handed out while no recorder is set, and for metrics that a layer
 * leaves out.
 *
 * @module
 */
import type { Counter, Gauge, Histogram, Recorder } from "./recorder.ts";

/** A counter that forgets. */
export const NOOP_COUNTER: Counter = { increment() {}, absolute() {} };

/** A gauge that forgets. */
export const NOOP_GAUGE: Gauge = { increment() {}, decrement() {}, set() {} };

/** A histogram that forgets. */
export const NOOP_HISTOGRAM: Histogram = { record() {}, recordMany() {} };

/** A recorder whose every handle forgets. */
export const NOOP_RECORDER: Recorder = {
  describeCounter() {},
  describeGauge() {},
  describeHistogram() {},
  registerCounter: () => NOOP_COUNTER,
  registerGauge: () => NOOP_GAUGE,
  registerHistogram: () => NOOP_HISTOGRAM,
};
