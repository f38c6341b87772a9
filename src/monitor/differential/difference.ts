/** What differs between two answers. */
import type { HistogramJson } from "../histogram/mod.ts";
import { almostEqual } from "../promqltest/almost_equal.ts";
import { type Answer, type AnswerSeries, type Point, readNumber } from "./answer.ts";

/** In what two answers differ first: the rest may follow from it. */
export interface Difference {
  readonly kind:
    | "failure"
    | "type"
    | "series"
    | "points"
    | "value"
    | "order"
    | "annotations"
    | "tie"
    | "rounding";
  readonly detail: string;
}

/** How far two numbers may be apart, by their sum: sums are added up in another order. */
const RELATIVE = 1e-9;
/** Numbers so small against the data are what rounding leaves of nothing. */
const ROUNDING = 1e-9;

/** The difference of two answers to the same query, undefined where there is none that matters. */
export function differenceOf(
  ours: Answer,
  theirs: Answer,
  isOrdered = false,
): Difference | undefined {
  if (ours.kind === "error" || theirs.kind === "error") {
    if (ours.kind === theirs.kind) return undefined;
    return {
      kind: "failure",
      detail: ours.kind === "error"
        ? `only we fail: ${ours.message}`
        : `only Prometheus fails: ${theirs.kind === "error" ? theirs.message : ""}`,
    };
  }
  if (ours.type !== theirs.type) {
    return { kind: "type", detail: `${ours.type} and ${theirs.type}` };
  }
  return seriesDifference(ours.series, theirs.series) ??
    (isOrdered ? orderDifference(ours.series, theirs.series) : undefined) ??
    annotationDifference("warning", ours.warnings, theirs.warnings) ??
    annotationDifference("info", ours.infos, theirs.infos);
}

function seriesDifference(
  ours: readonly AnswerSeries[],
  theirs: readonly AnswerSeries[],
): Difference | undefined {
  const wanted = new Map(theirs.map((series) => [series.labels.key, series]));
  const surplus = ours.find(({ labels }) => !wanted.has(labels.key));
  if (surplus !== undefined) {
    return { kind: "series", detail: `only we have ${surplus.labels} of ${ours.length}` };
  }
  const found = new Map(ours.map((series) => [series.labels.key, series]));
  const missing = theirs.find(({ labels }) => !found.has(labels.key));
  if (missing !== undefined) {
    return { kind: "series", detail: `only Prometheus has ${missing.labels} of ${theirs.length}` };
  }
  for (const { labels, points } of ours) {
    const difference = pointsDifference(points, wanted.get(labels.key)?.points ?? []);
    if (difference !== undefined) {
      return { ...difference, detail: `${labels}: ${difference.detail}` };
    }
  }
  return undefined;
}

function pointsDifference(
  ours: readonly Point[],
  theirs: readonly Point[],
): Difference | undefined {
  const length = Math.max(ours.length, theirs.length);
  for (let i = 0; i < length; i++) {
    const [our, their] = [ours[i], theirs[i]];
    if (our === undefined || their === undefined || our[0] !== their[0]) {
      const times = [our, their].map((point) => point === undefined ? "no sample" : point[0]);
      return {
        kind: "points",
        detail: `${ours.length} and ${theirs.length} samples, ${times[0]} against ${times[1]}`,
      };
    }
    if (!sameValue(our[1], their[1])) {
      const values = [our[1], their[1]].map((value) =>
        typeof value === "object" ? JSON.stringify(value) : String(value)
      );
      return { kind: "value", detail: `${values[0]} against ${values[1]} at ${our[0]}` };
    }
  }
  return undefined;
}

function sameValue(a: Point[1], b: Point[1]): boolean {
  if (typeof a === "number" && typeof b === "number") return sameNumber(a, b);
  if (typeof a === "object" && typeof b === "object") return sameHistogram(a, b);
  return a === b;
}

/** To nine digits, or both next to nothing. */
function sameNumber(a: number, b: number): boolean {
  return almostEqual(a, b, RELATIVE) || Math.abs(a - b) < ROUNDING;
}

function sameHistogram(a: HistogramJson, b: HistogramJson): boolean {
  const same = (x: string, y: string) => sameNumber(readNumber(x), readNumber(y));
  const [left, right] = [filled(a), filled(b)];
  return same(a.count, b.count) && same(a.sum, b.sum) && left.length === right.length &&
    left.every(([rule, lower, upper, count], i) => {
      const other = right[i];
      return other !== undefined && rule === other[0] && same(lower, other[1]) &&
        same(upper, other[2]) && same(count, other[3]);
    });
}

/** Without buckets that rounding left almost empty. */
function filled({ buckets = [] }: HistogramJson): NonNullable<HistogramJson["buckets"]> {
  return buckets.filter(([, , , count]) => Math.abs(readNumber(count)) > ROUNDING);
}

/** Series of equal values may come in any order. */
function orderDifference(
  ours: readonly AnswerSeries[],
  theirs: readonly AnswerSeries[],
): Difference | undefined {
  const at = ours.findIndex(({ labels, points }, i) => {
    const other = theirs[i];
    const [our, their] = [points[0], other?.points[0]];
    return !(other?.labels.equals(labels)) &&
      !(our !== undefined && their !== undefined && sameValue(our[1], their[1]));
  });
  return at < 0
    ? undefined
    : { kind: "order", detail: `at ${at}: ${ours[at]?.labels} against ${theirs[at]?.labels}` };
}

/** Places and details differ between versions, so only what an annotation is about is compared. */
function annotationDifference(
  kind: string,
  ours: readonly string[],
  theirs: readonly string[],
): Difference | undefined {
  const subjects = (texts: readonly string[]) =>
    [...new Set(texts.map(subject))].sort().join(" | ");
  const [left, right] = [subjects(ours), subjects(theirs)];
  return left === right
    ? undefined
    : { kind: "annotations", detail: `${kind}s: '${left}' against '${right}'` };
}

function subject(text: string): string {
  return text.replace(/ ?\(\d+:\d+\)$/, "").replace(/^PromQL (warning|info): /, "")
    .replace(/[,:(].*$/, "").replace(/"[^"]*"|[-+]?\d[\d.e+-]*/g, "…");
}
