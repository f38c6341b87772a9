import { finishInSlices } from "../../stretches.ts";
import { indexAfter } from "../../times.ts";
import { ABSENT, FLOAT, type Steps, type StepSeries } from "../value.ts";
import type { Call } from "../ast.ts";
import { QueryError } from "../errors.ts";
import { absentLabels } from "../functions/absent.ts";
import type { FunctionImplementation, RangeWindow } from "../functions/function.ts";
import { maybeNotCounter } from "../functions/messages.ts";
import type { Evaluator } from "./evaluator.ts";
import { mergeSameLabels, resultLabels } from "./names.ts";
import { isRange, type RangeSeries, type RangeVector, rangeVector } from "./ranges.ts";
import { heldSize, holdResult, seriesSize } from "./sample_budget.ts";
import { draftSeries, hasValues, type SeriesDraft, setHistogram, setValue } from "./steps.ts";
import { cumulativeSizes, MovingWindow } from "./windows.ts";

type RangeFunction = FunctionImplementation & { readonly kind: "range" };

/** What each extension can be used with, as Prometheus lists them. */
const EXTENSIBLE = {
  anchored: ["changes", "delta", "increase", "rate", "resets"],
  smoothed: ["delta", "increase", "rate"],
};

/** Runs a function over the ranges of a selector or subquery: series by series, step by step. */
export async function rangeCall(
  evaluator: Evaluator,
  call: Call,
  implementation: RangeFunction,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const { pace, samples: budget } = evaluator;
  const held = budget.current;
  const range = await rangeOf(evaluator, call, steps);
  const scalars = await scalarArguments(evaluator, call, steps);
  const result: StepSeries[] = [];
  for (const series of range.series) {
    const draft = draftSeries(series.labels, steps.count, false);
    const window = new MovingWindow(evaluator.annotations, call, series, {
      extension: range.extension,
      lookback: evaluator.lookbackMs,
    });
    const most = await moveOver(window, range, steps, (step, size) => {
      for (const [index, values] of scalars) window.scalars[index] = values[step] as number;
      if (size > STRIDE && implementation.inParts !== undefined) {
        return finishInSlices(implementation.inParts(window), pace)
          .then((value) => setValue(draft, step, value));
      }
      const value = implementation.evaluate(window);
      if (typeof value === "number") {
        draft.present[step] = FLOAT;
        draft.values[step] = value;
      } else if (value !== undefined) {
        setHistogram(draft, step, value);
      }
      return undefined;
    }, evaluator);
    const before = budget.current;
    budget.hold(most);
    budget.releaseTo(before);
    if (hasValues(draft)) {
      draft.dropName = implementation.keepsName !== true || series.dropName;
      if (draft.dropName) draft.labels = resultLabels(series.labels, evaluator);
      budget.hold(heldSize(draft, await seriesSize(draft, pace)));
      noteName(window, call, draft);
      result.push(draft);
    }
    if (pace.due()) await pace.giveWay();
  }
  const merged = evaluator.delayedNameRemoval || haveOneName(range.series)
    ? result
    : await mergeSameLabels(result, pace);
  // What a subquery held goes with it.
  await holdResult(budget, held, merged, pace);
  return merged;
}

/** `absent_over_time`: 1 at each step whose ranges are all empty. */
export async function absentOverTime(
  evaluator: Evaluator,
  call: Call,
  steps: Steps,
): Promise<readonly StepSeries[]> {
  const range = await rangeOf(evaluator, call, steps);
  const present = new Uint8Array(steps.count).fill(FLOAT);
  for (const series of range.series) {
    const window = new MovingWindow(evaluator.annotations, call, series, {
      extension: range.extension,
      lookback: evaluator.lookbackMs,
    });
    await moveOver(window, range, steps, (step) => {
      present[step] = ABSENT;
      return undefined;
    }, evaluator);
    if (evaluator.pace.due()) await evaluator.pace.giveWay();
  }
  if (!present.includes(FLOAT)) return [];
  const [argument] = call.arguments;
  const labels = argument && absentLabels(argument);
  if (labels === undefined) return [];
  const values = new Float64Array(steps.count).fill(1);
  return [{ labels, present, values, dropName: true }];
}

function rangeOf(evaluator: Evaluator, call: Call, steps: Steps): Promise<RangeVector> {
  const argument = call.arguments.find(isRange);
  if (argument === undefined) throw new TypeError(`${call.name}() has no range to work on`);
  if (argument.kind === "range" && argument.selector.extension !== undefined) {
    const { extension } = argument.selector;
    const allowed = EXTENSIBLE[extension];
    if (!allowed.includes(call.name)) {
      throw new QueryError(
        "execution",
        `${extension} modifier can only be used with: ${
          allowed.join(", ")
        } - not with ${call.name}`,
      );
    }
  }
  return rangeVector(evaluator, argument, steps);
}

async function scalarArguments(
  evaluator: Evaluator,
  call: Call,
  steps: Steps,
): Promise<[index: number, values: Float64Array][]> {
  const scalars: [number, Float64Array][] = [];
  for (const [index, argument] of call.arguments.entries()) {
    if (!isRange(argument) && argument.kind !== "string") {
      scalars.push([index, await evaluator.scalar(argument, steps)]);
    }
  }
  return scalars;
}

/** Samples that a function may go through before the clock is looked at: far less than a millisecond's work. */
const STRIDE = 8192;

/**
 * Calls `visit` at each step that has samples, with how many these count for; gives the most of them
 * that a step has.
 */
async function moveOver(
  window: MovingWindow,
  { rangeMs, ends, before, after }: RangeVector,
  steps: Steps,
  visit: (step: number, size: number) => Promise<void> | undefined,
  { samples: budget, pace }: Evaluator,
): Promise<number> {
  const { times, histograms } = window.samples;
  const sizes = histograms === undefined ? undefined : await cumulativeSizes(histograms, pace);
  let most = 0;
  let read = 0;
  let sinceTurn = 0;
  for (let step = 0; step < steps.count; step++) {
    const end = ends.start + step * ends.step;
    window.moveTo(end - rangeMs, end);
    window.time = steps.start + step * steps.step;
    let { from, to } = window;
    if (before > 0) {
      from = indexAfter(times, end - rangeMs - before);
      to = indexAfter(times, end + after, to);
    }
    const size = sizes === undefined ? to - from : (sizes[to] as number) - (sizes[from] as number);
    if (from < to) {
      read += size;
      if (size > most) most = size;
      const rest = visit(step, size);
      if (rest !== undefined) await rest;
    }
    sinceTurn += size + 1;
    if (sinceTurn > STRIDE) {
      sinceTurn = 0;
      if (pace.due()) await pace.giveWay();
    }
  }
  budget.read(read);
  return most;
}

function haveOneName(all: readonly RangeSeries[]): boolean {
  const first = all[0]?.labels;
  return all.every(({ labels, dropName }) =>
    labels.metricName === first?.metricName && !dropName &&
    !labels.has("__type__") && !labels.has("__unit__")
  );
}

/** Names that do not look like a counter's are worth a word where a counter is wanted. */
function noteName(window: RangeWindow, call: Call, series: SeriesDraft): void {
  if (call.name !== "rate" && call.name !== "increase") return;
  const { metricName } = window.labels;
  if (metricName === "" || /_(total|sum|count|bucket)$/.test(metricName)) return;
  if (series.present.includes(FLOAT)) window.info(maybeNotCounter(metricName));
}
