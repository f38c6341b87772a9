/** `sort` and its kin. A result over time is in the order of its labels, whatever is asked for. */
import { sortInSlices } from "../../sort_in_slices.ts";
import { ABSENT, FLOAT, HISTOGRAM, type StepSeries } from "../value.ts";
import type { FunctionImplementation, VectorCall } from "./function.ts";
import { SORT_IN_RANGE_QUERY } from "./messages.ts";
import { compareNaturally } from "./natural_order.ts";

export const SORTING: ReadonlyMap<string, FunctionImplementation> = new Map<
  string,
  FunctionImplementation
>([
  ["sort", { kind: "vector", evaluate: (call) => sortByValue(call, 1) }],
  ["sort_desc", { kind: "vector", evaluate: (call) => sortByValue(call, -1) }],
  ["sort_by_label", { kind: "vector", evaluate: (call) => sortByLabel(call, 1) }],
  ["sort_by_label_desc", { kind: "vector", evaluate: (call) => sortByLabel(call, -1) }],
]);

/** Numbers only, NaN last in both directions. */
async function sortByValue(call: VectorCall, direction: 1 | -1): Promise<readonly StepSeries[]> {
  const series = call.vector(0).map(withoutHistograms).filter(({ present }) =>
    present.includes(FLOAT)
  );
  if (warnOfRange(call)) return series;
  return await sortInSlices(series, (a, b) => {
    const left = a.values[0] ?? NaN;
    const right = b.values[0] ?? NaN;
    if (Number.isNaN(left) || Number.isNaN(right)) {
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    }
    return left === right ? 0 : left < right ? -direction : direction;
  }, call.pace);
}

/** By the labels named, each in natural order, then by all labels. */
async function sortByLabel(call: VectorCall, direction: 1 | -1): Promise<readonly StepSeries[]> {
  const series = call.vector(0);
  if (warnOfRange(call)) return series;
  const names = call.arguments.slice(1).map((_, i) => call.string(i + 1));
  return await sortInSlices(series, (a, b) => {
    for (const name of names) {
      const order = compareNaturally(a.labels.get(name), b.labels.get(name));
      if (order !== 0) return direction * order;
    }
    return direction * a.labels.compare(b.labels);
  }, call.pace);
}

function warnOfRange(call: VectorCall): boolean {
  if (call.steps.start === call.steps.end) return false;
  call.warn(SORT_IN_RANGE_QUERY, -1);
  return true;
}

function withoutHistograms(series: StepSeries): StepSeries {
  if (series.histograms === undefined) return series;
  const { histograms: _, ...numbers } = series;
  return { ...numbers, present: series.present.map((kind) => kind === HISTOGRAM ? ABSENT : kind) };
}
