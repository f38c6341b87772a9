import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import type { Samples, Series, TimeRange } from "../../samples.ts";
import { indexAfter } from "../../times.ts";
import type { VectorSelector } from "../ast.ts";
import { QueryError } from "../errors.ts";
import { FLOAT, type Steps, type StepSeries } from "../value.ts";
import { milliseconds } from "./durations.ts";
import type { Evaluator, QueryContext } from "./evaluator.ts";
import { withResetHints } from "./reset_hints.ts";
import { inBraces } from "./one_side.ts";
import { smoothedVector } from "./smoothed.ts";
import { draftSeries, type SeriesDraft, setHistogram } from "./steps.ts";
import { heldSize, seriesSize } from "./sample_budget.ts";

/** Series of a selector with their samples from the store. */
export function selectSeries(
  query: QueryContext,
  selector: VectorSelector,
  range: TimeRange,
): Promise<Series[]> {
  const { matchers } = selector;
  const isStatistics = query.statistics.has(selector);
  const key = JSON.stringify([
    range.start,
    range.end,
    isStatistics,
    ...matchers.flatMap(({ name, type, value }) => [name, type, value]),
  ]);
  let series = query.selections.get(key);
  if (series === undefined) {
    series = readSeries(query, matchers, range, isStatistics);
    query.selections.set(key, series);
  }
  return series;
}

async function readSeries(
  query: QueryContext,
  matchers: VectorSelector["matchers"],
  range: TimeRange,
  isStatistics: boolean,
): Promise<Series[]> {
  const all = await query.unlessStopped(
    query.storage.select(matchers, range, { signal: query.signal }),
  )
    .catch((error: unknown) => {
      if (error instanceof QueryError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new QueryError("execution", `expanding series: ${reason}`, { cause: error });
    });
  return isStatistics
    ? all.map(({ labels, samples }) => ({ labels, samples: withResetHints(samples) }))
    : all;
}

/**
 * For steps, the times that a selector or subquery speaks of: each step's own unless there is an
 * `@`, less the offset.
 */
export function dataSteps(
  { at, offset }: Pick<VectorSelector, "at" | "offset">,
  steps: Steps,
): Steps {
  const shift = milliseconds(offset);
  if (typeof at === "number") return { ...steps, start: at - shift, end: at - shift, step: 0 };
  return { ...steps, start: steps.start - shift, end: steps.end - shift };
}

/** The last sample before or at each step that is not stale and not older than the look-back. */
export async function selectorVector(
  evaluator: Evaluator,
  selector: VectorSelector,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  if (selector.extension === "smoothed") return smoothedVector(evaluator, selector, steps);
  const result: StepSeries[] = [];
  await forEachSample(evaluator, selector, steps, (draft, step, samples, index) => {
    const histogram = samples.histograms?.[index];
    if (histogram === undefined) {
      draft.present[step] = FLOAT;
      draft.values[step] = samples.values[index] as number;
    } else {
      setHistogram(draft, step, histogram);
    }
  }, result);
  return result;
}

/**
 * The times of those samples, or since when they count, in seconds. The times of "info" are those of
 * numbers alone: for a histogram a {@linkcode QueryError} is thrown.
 */
export async function selectorTimes(
  evaluator: Evaluator,
  selector: VectorSelector,
  steps: Steps,
  wanted: "times" | "starts" | "info",
): Promise<StepSeries[]> {
  const result: StepSeries[] = [];
  const column = wanted === "starts" ? "starts" : "times";
  await forEachSample(evaluator, selector, steps, (draft, step, samples, index) => {
    if (wanted === "info" && samples.histograms?.[index] !== undefined) {
      throw new QueryError(
        "execution",
        `this should be an info metric, with float samples: ${inBraces(draft.labels)}`,
      );
    }
    draft.present[step] = FLOAT;
    draft.values[step] = (samples[column]?.[index] ?? 0) / 1000;
  }, result);
  return result;
}

type Visit = (draft: SeriesDraft, step: number, samples: Samples, index: number) => void;

/** Steps between two looks at the clock. */
const STRIDE = 8192;

async function forEachSample(
  evaluator: Evaluator,
  selector: VectorSelector,
  steps: Steps,
  visit: Visit,
  result: StepSeries[],
): Promise<void> {
  const { start, end, step } = dataSteps(selector, steps);
  const { lookbackMs, pace, samples: budget } = evaluator;
  const selected = await selectSeries(evaluator, selector, { start: start - lookbackMs + 1, end });
  for (const { labels, samples } of selected) {
    const { times, stale } = samples;
    const draft = draftSeries(labels, steps.count, false);
    let index = -1;
    let isEmpty = true;
    // Samples lie at few of the steps where these go far beyond them.
    const firstTime = times[0] ?? Infinity;
    const lastTime = (times.at(-1) ?? -Infinity) + lookbackMs;
    const first = step > 0 ? Math.max(0, Math.floor((firstTime - start) / step)) : 0;
    const last = step > 0 ? Math.floor((lastTime - start) / step) : Infinity;
    for (let i = first; i < steps.count && i <= last; i++) {
      if (i % STRIDE === 0 && pace.due()) await pace.giveWay();
      const time = start + i * step;
      index = indexAfter(times, time, index + 1) - 1;
      if (index < 0 || (times[index] as number) <= time - lookbackMs) continue;
      if (stale !== undefined && stale[index] === 1) continue;
      visit(draft, i, samples, index);
      isEmpty = false;
    }
    if (!isEmpty) {
      const size = await seriesSize(draft, pace);
      budget.read(size);
      budget.hold(heldSize(draft, size));
      result.push(draft);
    }
    if (pace.due(4)) await pace.giveWay();
  }
}

/** A histogram as a sample of its own, which says nothing of the samples around it. */
export function withoutResetHint(histogram: FloatHistogram): FloatHistogram {
  return histogram.counterReset === "gauge" || histogram.counterReset === "unknown"
    ? histogram
    : { ...histogram, counterReset: "unknown" };
}
