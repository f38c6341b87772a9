/**
 * Asks our engine and a real Prometheus the same random questions about the same random data. Run as
 * a program, see `main.ts`.
 *
 * @module
 */
import { SeededRandom } from "../../testing/fuzz.ts";
import { Engine } from "../promql/engine.ts";
import { SIGNATURES } from "../promql/functions/signatures.ts";
import { MemoryStorage } from "../promqltest/memory_storage.ts";
import { type Answer, ourAnswer, theirAnswer } from "./answer.ts";
import { createDataSet, DATA_END, DATA_START } from "./data_set.ts";
import { type Difference, differenceOf } from "./difference.ts";
import { growQuery } from "./grow_expression.ts";
import { type Growth, growthOf, oneIn } from "./growth.ts";
import { type Prometheus, prometheusVersion, startPrometheus } from "./prometheus.ts";
import { smallest } from "./shrink.ts";
import { classify } from "./undecided.ts";
import { isBefore, isCallable, isOfVersion } from "./versions.ts";

/** What to compare. */
export interface ComparisonOptions {
  readonly seed: number;
  readonly queries: number;
  /** The path of the program. */
  readonly prometheus: string;
  /** Whether both drop names only at the end of a query; by default they do so at once. */
  readonly delayedNameRemoval?: boolean;
}

/** A query and when it is asked, in milliseconds; `step` undefined is an instant query. */
export interface Question {
  readonly query: string;
  readonly start: number;
  readonly end: number;
  readonly step?: number;
}

/** A question whose answers differ. */
export interface Finding {
  readonly question: Question;
  /** The smallest part of the query that still differs. */
  readonly smallest: Question;
  /** Of the smallest. */
  readonly difference: Difference;
}

/** How a comparison went. */
export interface Comparison {
  readonly asked: number;
  /** Where both failed. */
  readonly bothFailed: number;
  /** Where both gave nothing. */
  readonly bothEmpty: number;
  /** What this Prometheus does not know yet, or does otherwise than later versions. */
  readonly unknown: number;
  /** Where they differ in what PromQL does not decide, such as which of equal values is on top. */
  readonly undecided: number;
  readonly findings: readonly Finding[];
}

const FEATURES = [
  "promql-experimental-functions",
  "native-histograms",
  "promql-duration-expr",
  "promql-extended-range-selectors",
  "promql-binop-fill-modifiers",
];

/** Compares. Rejects with Error where Prometheus cannot be run, and with what our engine crashes on. */
export async function compareWithPrometheus(options: ComparisonOptions): Promise<Comparison> {
  const version = await prometheusVersion(options.prometheus);
  const isOld = isBefore(version, [3, 0]);
  const random = new SeededRandom(options.seed);
  const series = createDataSet(random, { hasHistograms: !isOld, isAligned: !isOld });
  const storage = new MemoryStorage();
  for (const { labels, samples } of series) storage.append(labels, samples);
  const functions = [...SIGNATURES.values()].filter((one) => isCallable(one, version));
  const isExperimental = !isBefore(version, [3, 14]);
  const growth = growthOf(random, series, {
    functions,
    isExperimental,
    start: DATA_START,
    end: DATA_END,
  });
  const { delayedNameRemoval = false } = options;
  const features = isOld
    ? []
    : [...FEATURES, ...(delayedNameRemoval ? ["promql-delayed-name-removal"] : [])];
  await using prometheus = await startPrometheus(options.prometheus, { features });
  await prometheus.write(series);
  const engine = new Engine({ delayedNameRemoval });
  const pair = (question: Question) => askBoth(engine, storage, prometheus, question);
  const counts = { asked: 0, bothFailed: 0, bothEmpty: 0, unknown: 0, undecided: 0 };
  const findings: Finding[] = [];
  while (counts.asked < options.queries) {
    const question = growQuestion(growth);
    const { ours, theirs, difference } = await pair(question);
    counts.asked++;
    if (isUnknown(theirs)) counts.unknown++;
    else if (difference !== undefined) {
      const found = await smallest(question, difference, pair);
      if (isOfVersion(found.smallest, found.difference, version)) counts.unknown++;
      else if (["tie", "rounding"].includes(found.difference.kind)) counts.undecided++;
      else findings.push({ question, ...found });
    } else if (ours.kind === "error") counts.bothFailed++;
    else if (ours.series.length === 0) counts.bothEmpty++;
  }
  return { ...counts, findings };
}

/** What both sides say, and how that differs. */
export interface Pair {
  readonly ours: Answer;
  readonly theirs: Answer;
  readonly difference: Difference | undefined;
}

async function askBoth(
  engine: Engine,
  storage: MemoryStorage,
  prometheus: Prometheus,
  question: Question,
): Promise<Pair> {
  const { query, start, end, step } = question;
  const theirs = theirAnswer(
    step === undefined
      ? await prometheus.instant(query, start)
      : await prometheus.range(query, start, end, step),
  );
  const ours = await ourAnswer(() =>
    step === undefined
      ? engine.instant(storage, { query, time: start })
      : engine.range(storage, { query, start, end, step })
  );
  const isOrdered = step === undefined && /^sort/.test(query);
  const found = isUnknown(theirs) ? undefined : differenceOf(ours, theirs, isOrdered);
  const difference = found && classify(query, found, ours, theirs);
  return { ours, theirs, difference };
}

/** Whether this Prometheus is too old for the query, or lacks a feature of it. */
function isUnknown(theirs: Answer): boolean {
  return theirs.kind === "error" && /unknown function|not enabled/.test(theirs.message);
}

function growQuestion(growth: Growth): Question {
  const { random } = growth;
  const query = growQuery(growth);
  const start = DATA_START + random.below(DATA_END - DATA_START);
  if (oneIn(random, 2)) return { query, start, end: start };
  const step = random.pick([15_000, 30_000, 60_000, 7_000, 300_000]);
  return { query, start, end: start + step * random.below(20), step };
}
