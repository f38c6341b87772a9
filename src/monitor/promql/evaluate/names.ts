import type { Labels } from "../../labels.ts";
import { METRIC_NAME } from "../../labels.ts";
import type { Pace } from "../../pace.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import { QueryError } from "../errors.ts";
import type { StepSeries } from "../value.ts";
import { draftSeries, type SeriesDraft, setHistogram } from "./steps.ts";

/** Labels that speak of the metric itself, and so not of what is calculated from it. */
export const METADATA_LABELS: readonly string[] = [METRIC_NAME, "__type__", "__unit__"];

/** Labels without the metric's name, type and unit. */
export function withoutName(labels: Labels): Labels {
  return labels.without(METADATA_LABELS);
}

/** The labels that a result has where the name goes: now, or at the end of the query. */
export function resultLabels(
  labels: Labels,
  query: { readonly delayedNameRemoval: boolean },
): Labels {
  return query.delayedNameRemoval ? labels : withoutName(labels);
}

/**
 * Series of the same labels made one, which is right as long as no step has two of them. Throws a
 * {@linkcode QueryError} where one has.
 */
export async function mergeSameLabels(
  all: readonly StepSeries[],
  pace: Pace,
): Promise<readonly StepSeries[]> {
  if (all.length < 2) return all;
  const byLabels = new Map<string, StepSeries>();
  const drafts = new Map<string, SeriesDraft>();
  for (const series of all) {
    const key = series.labels.key;
    const first = byLabels.get(key);
    if (first === undefined) {
      byLabels.set(key, series);
    } else {
      let draft = drafts.get(key);
      if (draft === undefined) {
        draft = draftSeries(first.labels, first.present.length, first.dropName);
        drafts.set(key, draft);
        byLabels.set(key, draft);
        await addValues(draft, first, pace);
      }
      await addValues(draft, series, pace);
    }
    if (pace.due(64)) await pace.giveWay();
  }
  return drafts.size === 0 ? all : [...byLabels.values()];
}

async function addValues(draft: SeriesDraft, series: StepSeries, pace: Pace): Promise<void> {
  await inStretches(series.present.length, STRETCH, pace, (from, to) => {
    for (let step = from; step < to; step++) {
      const present = series.present[step] ?? 0;
      if (present === 0) continue;
      if (draft.present[step] !== 0) {
        throw new QueryError("execution", "vector cannot contain metrics with the same labelset");
      }
      const histogram = series.histograms?.[step];
      if (present === 2 && histogram !== undefined) setHistogram(draft, step, histogram);
      draft.present[step] = present;
      draft.values[step] = series.values[step] ?? NaN;
    }
  });
}

/** The end of delayed name removal: names go that were kept this long. */
export async function removeDelayedNames(
  all: readonly StepSeries[],
  pace: Pace,
): Promise<readonly StepSeries[]> {
  const result: StepSeries[] = [];
  for (const series of all) {
    result.push(
      series.dropName ? { ...series, labels: withoutName(series.labels), dropName: false } : series,
    );
    if (pace.due(64)) await pace.giveWay();
  }
  return await mergeSameLabels(result, pace);
}
