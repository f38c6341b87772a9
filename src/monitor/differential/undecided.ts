/** Differences in what PromQL does not decide. */
import type { Answer, AnswerSeries } from "./answer.ts";
import type { Difference } from "./difference.ts";

/**
 * A difference of series or samples as it is to be counted: `tie` where `topk` or `bottomk` chose others of equal
 * values, `rounding` where `count_values` made labels of numbers whose last digits differ.
 */
export function classify(
  query: string,
  difference: Difference,
  ours: Answer,
  theirs: Answer,
): Difference {
  if (
    !["series", "points"].includes(difference.kind) || ours.kind === "error" ||
    theirs.kind === "error"
  ) {
    return difference;
  }
  if (/^(topk|bottomk)\b/.test(query) && valuesOf(ours.series) === valuesOf(theirs.series)) {
    return { ...difference, kind: "tie" };
  }
  if (/^count_values\b/.test(query) && roundedOf(ours.series) === roundedOf(theirs.series)) {
    return { ...difference, kind: "rounding" };
  }
  return difference;
}

/** The values at each time, whichever series they are of. */
function valuesOf(series: readonly AnswerSeries[]): string {
  return series.flatMap(({ points }) =>
    points.map(([time, value]) => `${time} ${rounded(JSON.stringify(value) + String(value))}`)
  ).sort().join("\n");
}

function roundedOf(series: readonly AnswerSeries[]): string {
  return series.map(({ labels }) => rounded(labels.toString())).sort().join("\n");
}

function rounded(text: string): string {
  return text.replace(/-?\d[\d.]*(?:e[-+]?\d+)?/g, (number) => Number(number).toPrecision(10));
}
