/**
 * The contract between code that records and code that keeps or exports: a recorder hands out
 * handles, a handle takes values. Layers are recorders around recorders.
 *
 * @module
 */
import type { Unit } from "./unit.ts";

/**
 * Labels of one series, by name. The order in which they are written is the order in which they
 * are shown; two label sets with the same pairs in another order are the same series.
 */
export type Labels = Readonly<Record<string, string>>;

/** The three kinds of metric. The same name may exist once in each. */
export type MetricKind = "counter" | "gauge" | "histogram";

/** A value that only rises. Handles may be kept; recording on one allocates nothing. */
export interface Counter {
  /** Adds `by` (default 1), a whole number ≥ 0; exact beyond 2^53 when a bigint is needed to say it. */
  increment(by?: number | bigint): void;
  /** Raises the value to `value` if it is lower: the counter keeps the maximum it was told. */
  absolute(value: number | bigint): void;
}

/** A value that goes both ways. */
export interface Gauge {
  /** Adds `by` (default 1). */
  increment(by?: number): void;
  /** Takes `by` (default 1) away. */
  decrement(by?: number): void;
  set(value: number): void;
}

/** A distribution of values. Durations are recorded in seconds. */
export interface Histogram {
  record(value: number): void;
  /** Records `value` as if it had been seen `count` times. */
  recordMany(value: number, count: number): void;
}

/**
 * Where metrics go. `register…` returns the handle of one series, the same handle for the same
 * name and labels; registration alone makes a series visible with its default value.
 */
export interface Recorder {
  describeCounter(name: string, unit: Unit | undefined, help: string): void;
  describeGauge(name: string, unit: Unit | undefined, help: string): void;
  describeHistogram(name: string, unit: Unit | undefined, help: string): void;
  registerCounter(name: string, labels: Labels): Counter;
  registerGauge(name: string, labels: Labels): Gauge;
  registerHistogram(name: string, labels: Labels): Histogram;
}
