/** Asks one case's query in all the ways that Prometheus' own runner does. */
import { QueryError } from "../promql/errors.ts";
import type { QueryResult, VectorSample } from "../promql/value.ts";
import type { Queryable } from "../samples.ts";
import { annotationProblem, orderProblem, type QueryAnswer, resultProblem } from "./compare.ts";
import type { EvalCommand } from "./eval_command.ts";
import { showResult } from "./show.ts";
import { asksForRange, fixedTimeVariants, type Variant } from "./variants.ts";

/** What answers queries; times are milliseconds. Rejects with QueryError. */
export interface QueryEngine {
  instant(
    storage: Queryable,
    query: { readonly query: string; readonly time: number },
  ): Promise<QueryAnswer>;
  range(
    storage: Queryable,
    query: {
      readonly query: string;
      readonly start: number;
      readonly end: number;
      readonly step: number;
    },
  ): Promise<QueryAnswer>;
}

/** Why a way of asking does not give what the case expects. */
export interface Problem {
  readonly query: string;
  /** How it was asked where that differs from what is written, such as `range mode`. */
  readonly way: string;
  readonly reason: string;
  /** What came, a line for each series. */
  readonly got: readonly string[];
  /** Whether the engine threw something else than QueryError, which is a fault whatever was asked. */
  readonly isCrash?: boolean;
}

/** How a case went: undefined is well. */
export interface Outcome {
  readonly asWritten: Problem | undefined;
  /** As the middle step of a range query; "none" where the case has no such variant. */
  readonly rangeMode: Problem | undefined | "none";
  /** The first problem of all variants, those with `@` at other times included. */
  readonly all: Problem | undefined;
}

/** The distance of the steps of a range variant from the case's time, in milliseconds. */
const MINUTE = 60_000;

/** Asks in all ways, up to the first that fails for {@linkcode Outcome.all}. */
export async function runCase(
  engine: QueryEngine,
  storage: Queryable,
  command: EvalCommand,
): Promise<Outcome> {
  const { query, at } = command;
  if (at.kind === "range") {
    const problem = await ask(
      { query, way: "" },
      () => engine.range(storage, { query, ...at.steps }),
      command,
    );
    return { asWritten: problem, rangeMode: "none", all: problem };
  }
  const written = { query, time: at.time };
  const asWritten = await askInstant(engine, storage, command, written, "");
  const rangeMode = await askRange(engine, storage, command, written, "range mode");
  let all = asWritten ?? (rangeMode === "none" ? undefined : rangeMode);
  if (all !== undefined) return { asWritten, rangeMode, all };
  for (const variant of fixedTimes(query, at.time)) {
    if (all !== undefined) break;
    const way = `@ at ${variant.time}`;
    all = await askInstant(engine, storage, command, variant, way);
    const range = await askRange(engine, storage, command, variant, `${way} in range mode`);
    if (range !== "none") all ??= range;
  }
  return { asWritten, rangeMode, all };
}

function fixedTimes(query: string, time: number): Variant[] {
  try {
    return fixedTimeVariants(query, time);
  } catch (error) {
    if (error instanceof QueryError) return [];
    throw error;
  }
}

function problemOf(asked: Pick<Problem, "query" | "way">, error: unknown): Problem {
  return error instanceof QueryError
    ? { ...asked, reason: "failed", got: [`${error.type}: ${error.message}`] }
    : { ...asked, reason: "crashed", got: stackOf(error), isCrash: true };
}

function stackOf(error: unknown): string[] {
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  return text.split("\n").slice(0, 8);
}

function askInstant(
  engine: QueryEngine,
  storage: Queryable,
  command: EvalCommand,
  variant: Variant,
  way: string,
): Promise<Problem | undefined> {
  return ask({ query: variant.query, way }, () => engine.instant(storage, variant), command);
}

async function ask(
  asked: { readonly query: string; readonly way: string },
  run: () => Promise<QueryAnswer>,
  command: EvalCommand,
): Promise<Problem | undefined> {
  const { failure } = command;
  let answer: QueryAnswer;
  try {
    answer = await run();
  } catch (error) {
    if (error instanceof QueryError && failure?.matches(error.message)) return undefined;
    return problemOf(asked, error);
  }
  const reason = failure !== undefined
    ? "expected it to fail"
    : annotationProblem(answer, command) ?? resultProblem(answer.result, command.result, command);
  return reason === undefined ? undefined : {
    ...asked,
    reason,
    got: [...showResult(answer.result), ...answer.warnings, ...answer.infos],
  };
}

async function askRange(
  engine: QueryEngine,
  storage: Queryable,
  command: EvalCommand,
  { query, time }: Variant,
  way: string,
): Promise<Problem | undefined | "none"> {
  const { result, failure, isOrdered } = command;
  const isRangeVector = result.kind === "series" && result.steps !== undefined;
  if (failure !== undefined || isOrdered || result.kind === "string" || isRangeVector) {
    return "none";
  }
  if (asksForRange(query)) return "none";
  try {
    const answer = await engine.range(storage, {
      query,
      start: time - MINUTE,
      end: time + MINUTE,
      step: MINUTE,
    });
    const reason = middleProblem(answer.result, time, command);
    return reason === undefined
      ? undefined
      : { query, way, reason, got: showResult(answer.result) };
  } catch (error) {
    return problemOf({ query, way }, error);
  }
}

function middleProblem(
  result: QueryResult,
  time: number,
  command: EvalCommand,
): string | undefined {
  if (result.type !== "matrix") return `expected a matrix, got a ${result.type}`;
  const samples = result.series.flatMap(({ labels, times, values, histograms }): VectorSample[] => {
    const i = times.indexOf(time);
    return i < 0 ? [] : [{ labels, value: histograms?.[i] ?? values[i] ?? NaN }];
  });
  const [first] = samples;
  const middle: QueryResult = command.result.kind === "scalar" && typeof first?.value === "number"
    ? { type: "scalar", time, value: first.value }
    : { type: "vector", time, samples };
  return orderProblem(result.series) ?? resultProblem(middle, command.result, command);
}
