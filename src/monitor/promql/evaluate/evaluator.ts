/**
 * Runs expressions: one file for each kind of expression. `expression.ts` is where they come
 * together, `../engine.ts` is what starts them.
 *
 * @module
 */
import type { Pace } from "../../pace.ts";
import type { Queryable, Series } from "../../samples.ts";
import type { Annotations } from "../annotations.ts";
import type { Expression, VectorSelector } from "../ast.ts";
import type { Steps, StepSeries } from "../value.ts";
import type { SampleBudget } from "./sample_budget.ts";

/** What one query is run with. */
export interface QueryContext {
  readonly storage: Queryable;
  readonly annotations: Annotations;
  readonly pace: Pace;
  readonly samples: SampleBudget;
  /** How old a sample may be to count, in milliseconds. */
  readonly lookbackMs: number;
  /** The step of a subquery that names none, by its range; milliseconds. */
  readonly noStepSubqueryMs: (range: number) => number;
  /** Whether names stay until the end of the query, and `dropName` says which go then. */
  readonly delayedNameRemoval: boolean;
  /** Whether functions see since when samples count. */
  readonly useStartTimes: boolean;
  /** Expressions that have the same value at every step. */
  readonly invariants: ReadonlySet<Expression>;
  /** Selectors of which only counts and sums of histograms are wanted. */
  readonly statistics: ReadonlySet<VectorSelector>;
  /** What was selected so far, so that a selector that comes twice is read once. */
  readonly selections: Map<string, Promise<Series[]>>;
  /** Aborted once the query is out of time or cancelled. */
  readonly signal: AbortSignal;
  /** Rejects once the query is out of time or cancelled, otherwise as `work` does. */
  unlessStopped<T>(work: Promise<T>): Promise<T>;
}

/** A running query, as the parts of an expression see it. */
export interface Evaluator extends QueryContext {
  /** The series of an expression that is an instant vector. They are not to be changed. */
  vector(expression: Expression, steps: Steps): Promise<readonly StepSeries[]>;
  /** The value at every step of an expression that is a scalar. Not to be changed. */
  scalar(expression: Expression, steps: Steps): Promise<Float64Array>;
}
