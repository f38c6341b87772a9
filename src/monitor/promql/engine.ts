/**
 * PromQL's engine: parses a query, runs it against a store, and gives what Prometheus would, with
 * the same limits, errors and annotations. How expressions are run is in `evaluate/`.
 *
 * @module
 */
import { Pace } from "../pace.ts";
import type { Queryable } from "../samples.ts";
import { Annotations } from "./annotations.ts";
import type { Expression } from "./ast.ts";
import { QueryError, type QueryErrorType } from "./errors.ts";
import { Deadline } from "./evaluate/deadline.ts";
import type { Evaluator } from "./evaluate/evaluator.ts";
import { createEvaluator } from "./evaluate/expression.ts";
import { prepare, type QueryTimes } from "./evaluate/prepare.ts";
import { QuerySlots } from "./evaluate/query_slots.ts";
import { instantResult, rangeResult } from "./evaluate/results.ts";
import { SampleBudget } from "./evaluate/sample_budget.ts";
import { stepsOf } from "./evaluate/steps.ts";
import { parseQuery, valueType } from "./parse/mod.ts";
import type { QueryResult, Steps } from "./value.ts";

/** What an engine may do. The defaults are those of Prometheus. */
export interface EngineOptions {
  /** How old a sample may be to count, in milliseconds; default 5 minutes. */
  readonly lookbackMs?: number;
  /** How many samples a query may hold at a time; default 50,000,000. */
  readonly maxSamples?: number;
  /** How long a query may take, waiting included, in milliseconds; default 2 minutes. */
  readonly timeoutMs?: number;
  /** The step of a subquery that names none, by its range; both milliseconds; default 1 minute. */
  readonly noStepSubqueryMs?: number | ((range: number) => number);
  /** Whether names are removed at the end of a query, not on the way; default false. */
  readonly delayedNameRemoval?: boolean;
  /** Whether functions use the times since when samples count; default false. */
  readonly useStartTimes?: boolean;
  /** How many queries run at a time; default 20. */
  readonly maxConcurrent?: number;
  /** Called for each query that has ended. */
  readonly onEnd?: (end: QueryEnd) => void;
}

/** How a query ended. */
export interface QueryEnd {
  /** From its arrival, waiting included. */
  readonly seconds: number;
  readonly result: "ok" | QueryErrorType;
}

/** A query at one time, in milliseconds. */
export interface InstantQuery {
  readonly query: string;
  readonly time: number;
  /** Instead of the engine's. */
  readonly lookbackMs?: number;
}

/** A query at each step from `start` to `end`, all in milliseconds. */
export interface RangeQuery {
  readonly query: string;
  readonly start: number;
  readonly end: number;
  /** More than 0. */
  readonly step: number;
  /** Instead of the engine's. */
  readonly lookbackMs?: number;
}

/** How a query may end before its time. */
export interface QueryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Instead of the engine's. */
  readonly timeoutMs?: number | undefined;
}

/** What a query has come to. */
export interface Evaluation {
  readonly result: QueryResult;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  /** How many samples were read, at every step that read them, and how many were held at most. */
  readonly samples: { readonly total: number; readonly peak: number };
}

type GetResult = (
  evaluator: Evaluator,
  expression: Expression,
  steps: Steps,
) => Promise<QueryResult>;

/** Answers queries, a limited number at a time. Its errors are {@linkcode QueryError}s. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #slots: QuerySlots;

  constructor(options: EngineOptions = {}) {
    this.#options = options;
    this.#slots = new QuerySlots(options.maxConcurrent ?? 20);
  }

  /** Evaluates a query at one time. */
  instant(
    storage: Queryable,
    { query, time, lookbackMs }: InstantQuery,
    options?: QueryOptions,
  ): Promise<Evaluation> {
    const times = { query, start: time, end: time, step: 0 };
    const steps = stepsOf(time, time, 1);
    return this.#noted(() => this.#run(storage, times, steps, instantResult, lookbackMs, options));
  }

  /** Evaluates a query at many times; the result is always a matrix, sorted by labels. */
  range(
    storage: Queryable,
    { query, start, end, step, lookbackMs }: RangeQuery,
    options?: QueryOptions,
  ): Promise<Evaluation> {
    const times = { query, start, end, step };
    const steps = stepsOf(start, end, step);
    return this.#noted(() => this.#run(storage, times, steps, rangeResult, lookbackMs, options));
  }

  async #noted(run: () => Promise<Evaluation>): Promise<Evaluation> {
    const { onEnd } = this.#options;
    if (onEnd === undefined) return await run();
    const begin = performance.now();
    let result: QueryEnd["result"] = "ok";
    try {
      return await run();
    } catch (error) {
      result = error instanceof QueryError ? error.type : "execution";
      throw error;
    } finally {
      onEnd({ seconds: (performance.now() - begin) / 1000, result });
    }
  }

  async #run(
    storage: Queryable,
    times: QueryTimes,
    steps: Steps,
    getResult: GetResult,
    lookbackMs?: number,
    { signal, timeoutMs = this.#options.timeoutMs ?? 120_000 }: QueryOptions = {},
  ): Promise<Evaluation> {
    const parsed = parseQuery(times.query);
    if (getResult === rangeResult) requireVectorOrScalar(parsed);
    const { expression, ...prepared } = prepare(parsed, times);
    using deadline = new Deadline(timeoutMs, signal);
    const freeSlot = await this.#slots.take(deadline.signal);
    try {
      deadline.enter("expression evaluation");
      const annotations = new Annotations(times.query);
      const samples = new SampleBudget(this.#options.maxSamples ?? 50_000_000);
      const { noStepSubqueryMs = 60_000 } = this.#options;
      const evaluator = createEvaluator({
        storage,
        annotations,
        samples,
        ...prepared,
        pace: new Pace({ signal: deadline.signal }),
        lookbackMs: lookbackMs || this.#options.lookbackMs || 300_000,
        noStepSubqueryMs: typeof noStepSubqueryMs === "number"
          ? () => noStepSubqueryMs
          : noStepSubqueryMs,
        delayedNameRemoval: this.#options.delayedNameRemoval ?? false,
        useStartTimes: this.#options.useStartTimes ?? false,
        selections: new Map(),
        signal: deadline.signal,
        unlessStopped: (work) => deadline.unlessStopped(work),
      });
      const result = await getResult(evaluator, expression, steps);
      const { warnings, infos } = annotations;
      return { result, warnings, infos, samples: { total: samples.total, peak: samples.peak } };
    } finally {
      freeSlot();
    }
  }
}

const DOCUMENTED_TYPES = {
  scalar: "scalar",
  string: "string",
  vector: "instant vector",
  matrix: "range vector",
};

function requireVectorOrScalar(expression: Expression): void {
  const type = valueType(expression);
  if (type === "vector" || type === "scalar") return;
  throw new QueryError(
    "bad_data",
    `invalid expression type "${DOCUMENTED_TYPES[type]}" for range query, ` +
      "must be Scalar or instant Vector",
  );
}
