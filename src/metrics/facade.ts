/**
 * What code that records calls. It names a metric and gets a handle from the current recorder:
 *
 * ```ts
 * counter("jobs_total", { queue: "mail" }).increment();
 * const seconds = histogram("job_seconds"); // a kept handle skips the look-up
 * seconds.record(0.25);
 * ```
 *
 * The current recorder is the one of the nearest `withRecorder` around the call, else the global one,
 * else one that forgets. A handle belongs to the recorder it came from: one that was taken before a
 * recorder was set forgets for ever, so set the recorder first.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { LabelsNamed, MetricName } from "./names.ts";
import { NOOP_RECORDER } from "./noop.ts";
import type { Counter, Gauge, Histogram, Labels, Recorder } from "./recorder.ts";
import type { Unit } from "./unit.ts";

/** Thrown by `setGlobalRecorder` when there is one already; carries the recorder that was refused. */
export class SetRecorderError extends Error {
  override name = "SetRecorderError";
  /** The refused recorder, for the caller to close or to use with `withRecorder`. */
  readonly recorder: Recorder;

  constructor(recorder: Recorder) {
    super("Cannot set the global recorder: this process has one already, and handles point to it");
    this.recorder = recorder;
  }
}

/** Takes a metric and its labels to the handle of one series. */
export type HandleFunction<Handle> = <Name extends string, LabelName extends string | number>(
  name: MetricName<Name>,
  labels?: LabelsNamed<LabelName>,
) => Handle;

/** Says what a metric means, once. Where it is said twice, it is up to the exporter which counts. */
export interface DescribeFunction {
  <Name extends string>(name: MetricName<Name>, help: string): void;
  <Name extends string>(name: MetricName<Name>, unit: Unit | undefined, help: string): void;
}

/** The functions of this module, as `createFacade` makes them. */
export interface Facade {
  /** The counter of this name and these labels; zero until something is added. */
  readonly counter: HandleFunction<Counter>;
  /** The gauge of this name and these labels; zero until it is set. */
  readonly gauge: HandleFunction<Gauge>;
  /** The histogram of this name and these labels; durations are recorded in seconds. */
  readonly histogram: HandleFunction<Histogram>;
  readonly describeCounter: DescribeFunction;
  readonly describeGauge: DescribeFunction;
  readonly describeHistogram: DescribeFunction;
  /** The recorder that a look-up made here and now would use. */
  currentRecorder(): Recorder;
  /**
   * Sets the recorder of the process, for good.
   *
   * @throws {SetRecorderError} when one is set already.
   */
  setGlobalRecorder(recorder: Recorder): void;
  /**
   * Runs `fn`, and everything it starts, synchronous or not, with `recorder` as the current one.
   * Calls nest: the innermost counts. This is how tests record without touching the process.
   */
  withRecorder<Result>(recorder: Recorder, fn: () => Result): Result;
}

/** A facade with state of its own. Programs use the one below; this is for tests of it. */
export function createFacade(): Facade {
  let global: Recorder | undefined;
  // Made by the first withRecorder, so that a program that never calls it never pays for the look-up.
  let local: AsyncLocalStorage<Recorder> | undefined;

  function currentRecorder(): Recorder {
    return local?.getStore() ?? global ?? NOOP_RECORDER;
  }

  return {
    currentRecorder,
    counter: (name, labels) => currentRecorder().registerCounter(name, labels ?? NO_LABELS),
    gauge: (name, labels) => currentRecorder().registerGauge(name, labels ?? NO_LABELS),
    histogram: (name, labels) => currentRecorder().registerHistogram(name, labels ?? NO_LABELS),
    describeCounter: describer((...d) => currentRecorder().describeCounter(...d)),
    describeGauge: describer((...d) => currentRecorder().describeGauge(...d)),
    describeHistogram: describer((...d) => currentRecorder().describeHistogram(...d)),
    setGlobalRecorder(recorder) {
      if (global !== undefined) throw new SetRecorderError(recorder);
      global = recorder;
    },
    withRecorder(recorder, fn) {
      local ??= new AsyncLocalStorage();
      return local.run(recorder, fn);
    },
  };
}

const NO_LABELS: Labels = Object.freeze({});

function describer(
  describe: (name: string, unit: Unit | undefined, help: string) => void,
): DescribeFunction {
  return (name: string, ...rest: [help: string] | [unit: Unit | undefined, help: string]) =>
    rest.length === 1 ? describe(name, undefined, rest[0]) : describe(name, rest[0], rest[1]);
}

export const {
  counter,
  gauge,
  histogram,
  describeCounter,
  describeGauge,
  describeHistogram,
  currentRecorder,
  setGlobalRecorder,
  withRecorder,
} = createFacade();
