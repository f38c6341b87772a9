import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import { detectReset } from "../../histogram/mod.ts";
import type { Samples } from "../../samples.ts";
import type { Expression, VectorSelector } from "../ast.ts";
import { childrenOf } from "./children.ts";

const STATISTICS = new Set(["histogram_count", "histogram_sum", "histogram_avg"]);
const OF_BUCKETS = new Set(["histogram_quantile", "histogram_quantiles", "histogram_fraction"]);

/**
 * The selectors of which only counts and sums are wanted. Prometheus reads those without buckets, and
 * so finds counter resets as it reads, which shows in annotations.
 */
export function statisticsSelectors(expression: Expression): ReadonlySet<VectorSelector> {
  const found = new Set<VectorSelector>();
  const visit = (part: Expression, isStatistics: boolean): void => {
    if (part.kind === "selector" && isStatistics) found.add(part);
    if (part.kind === "range" && isStatistics) found.add(part.selector);
    if (part.kind === "subquery" || (part.kind === "call" && OF_BUCKETS.has(part.name))) return;
    if (part.kind === "binary" && (part.operator === "</" || part.operator === ">/")) return;
    const isCall = part.kind === "call" && STATISTICS.has(part.name);
    for (const child of childrenOf(part)) visit(child, isStatistics || isCall);
  };
  visit(expression, false);
  return found;
}

/** Samples whose histograms all say whether they follow a reset, as far as the one before tells. */
export function withResetHints(samples: Samples): Samples {
  if (samples.histograms === undefined) return samples;
  let previous: FloatHistogram | undefined;
  const histograms = samples.histograms.map((histogram, index) => {
    if (histogram === undefined || samples.stale?.[index] === 1) return histogram;
    const last = previous;
    previous = histogram;
    if (histogram.counterReset !== "unknown" || last === undefined) return histogram;
    const counterReset = detectReset(histogram, last) ? "reset" as const : "none" as const;
    return { ...histogram, counterReset };
  });
  return { ...samples, histograms };
}
