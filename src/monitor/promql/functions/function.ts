/**
 * The shapes that functions of PromQL have, so that the evaluator can run each in the cheapest way.
 *
 * @module
 */
import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import type { Labels } from "../../labels.ts";
import type { Samples } from "../../samples.ts";
import type { Pace } from "../../pace.ts";
import { finish, type Interruptible } from "../../stretches.ts";
import type { Expression } from "../ast.ts";
import type { Steps, StepSeries } from "../value.ts";

/** What a function may say beside its result. The place in the query is added by the evaluator. */
export interface FunctionNotes {
  /** `argument` is the index of the argument that the note points at; default 0. -1 is the call itself. */
  warn(message: string, argument?: number): void;
  info(message: string, argument?: number): void;
  /** As `warn`, but said with how often: `message (3 occurrences)`. Where it is missing, `warn` is used. */
  warnCounted?(message: string, argument?: number): void;
}

/**
 * The samples of one series in a range, at one step. The evaluator fills the same object anew for each
 * step; a function keeps nothing of it. Stale markers have been taken out.
 */
export interface RangeWindow extends FunctionNotes {
  /** Of the series, with its name. */
  readonly labels: Labels;
  readonly samples: Samples;
  /** `samples` from index `from` to before `to` lie in the range, which excludes its start. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds: the range is (rangeStart, rangeEnd], after offset and `@`. */
  readonly rangeStart: number;
  readonly rangeEnd: number;
  /** The step's own time, in milliseconds. */
  readonly time: number;
  /** The selector's extension; samples before `from` and after `to` are then there to be looked at. */
  readonly extension: "anchored" | "smoothed" | undefined;
  /** How far an extension looks beyond the range, in milliseconds; without it five minutes. */
  readonly lookback?: number;
  /** Values of the scalar arguments at this step, by the index of the argument. NaN for the range's own. */
  readonly scalars: readonly number[];
}

/** Samples that are gone through between two places where others may come between. */
export const PART = 8192;

/** The value at a step, undefined for none. */
export type FunctionValue = number | FloatHistogram | undefined;

/** What functions over whole vectors get beside them. */
export interface VectorCall extends FunctionNotes {
  readonly steps: Steps;
  /** The arguments as written; `label_replace` and others read their strings from here. */
  readonly arguments: readonly Expression[];
  /** The strings among the arguments, by index. */
  string(index: number): string;
  /** Values of a scalar argument, one for each step. */
  scalar(index: number): Float64Array;
  /** A vector argument. */
  vector(index: number): readonly StepSeries[];
  readonly pace: Pace;
  /** Delayed name removal: whether labels keep their name until the end. */
  readonly delayedNameRemoval: boolean;
}

/** A function over a range that lets others come between wherever it yields, if it is asked to. */
export function inParts(
  calculate: (window: RangeWindow) => Interruptible<FunctionValue>,
): FunctionImplementation & { readonly kind: "range" } {
  return {
    kind: "range",
    evaluate: (window) => finish(calculate(window)),
    inParts: calculate,
  };
}

/** How a function is run. */
export type FunctionImplementation =
  /** Of one series' samples in a range, step by step: `rate`, `sum_over_time`. `keepsName` for `last_over_time` and the like. */
  | {
    readonly kind: "range";
    readonly keepsName?: boolean;
    /** The value at one step. Called only where the range has a sample, or `extension` is set. */
    readonly evaluate: (window: RangeWindow) => FunctionValue;
    /** The same where there are so many samples that others have to have a turn in between. */
    readonly inParts?: (window: RangeWindow) => Interruptible<FunctionValue>;
  }
  /** Of one number: `abs`, `clamp`, `hour`. Histograms have no result. */
  | {
    readonly kind: "number";
    readonly evaluate: (value: number, scalars: readonly number[]) => number;
    /** What a call without a vector takes: `hour()` is `hour(vector(time()))`. */
    readonly defaultsToTime?: boolean;
  }
  /** Of one histogram (or number), with what it may say: `histogram_count`, `histogram_fraction` is not one. */
  | {
    readonly kind: "sample";
    readonly evaluate: (
      value: number | FloatHistogram,
      scalars: readonly number[],
      notes: FunctionNotes,
    ) => FunctionValue;
  }
  /** Of whole vectors: `histogram_quantile`, `label_replace`, `sort`, `absent`. */
  | {
    readonly kind: "vector";
    readonly evaluate: (call: VectorCall) => readonly StepSeries[] | Promise<readonly StepSeries[]>;
  }
  /** Gives a scalar: `time`, `scalar`, `pi`, `min_of`, `max_of`. */
  | {
    readonly kind: "scalar";
    readonly evaluate: (call: VectorCall) => Float64Array | Promise<Float64Array>;
  }
  /**
   * Known to the evaluator itself, since it needs the selector (`timestamp`, `absent_over_time`,
   * `info`) or the query (`start`, `end`, `range`, `step`, which are numbers before a query runs).
   */
  | { readonly kind: "evaluator" };
