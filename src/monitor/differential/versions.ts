/** What versions of Prometheus do otherwise than ours, which follows 3.16. */
import type { Signature } from "../promql/functions/signature.ts";
import type { Difference } from "./difference.ts";
import type { Question } from "./harness.ts";

/** A version of Prometheus. */
export type Version = readonly [major: number, minor: number];

/** Whether `version` comes before `other`. */
export function isBefore(version: Version, other: Version): boolean {
  return version[0] - other[0] < 0 || (version[0] === other[0] && version[1] < other[1]);
}

/** Written like functions, they were words of duration expressions only. */
const ONCE_WORDS = new Set(["start", "end", "range", "step", "min_of", "max_of"]);

/** Whether a query may call `signature` there. What is left over says "unknown function" there. */
export function isCallable({ name, experimental }: Signature, version: Version): boolean {
  if (experimental && isBefore(version, [3, 0])) return false;
  return !(ONCE_WORDS.has(name) && isBefore(version, [3, 14]));
}

/**
 * What version 3 takes or gives otherwise than version 2: numbers written as durations, offsets of
 * nothing, extrapolation near zero, `histogram_fraction` of classic histograms, `predict_linear` of
 * what `@` fixes, names as labels and after `atan2`. Version 2 chooses otherwise between equal values.
 */
const CHANGED_IN_3 =
  /\b5m\b(?!\]|:)|offset 0s|\b(rate|increase|delta|histogram_fraction|topk|bottomk)\b|atan2|predict_linear|__name__/;

/** Whether a difference is only that of versions. */
export function isOfVersion(
  { query }: Question,
  { kind, detail }: Difference,
  version: Version,
): boolean {
  if (isBefore(version, [3, 0]) && (kind === "annotations" || CHANGED_IN_3.test(query))) {
    return true;
  }
  // The deviation of a single value that is not finite was 0.
  if (isBefore(version, [3, 0]) && /std(dev|var)/.test(query)) return true;
  // A quantile beside an infinite value was NaN.
  if (
    isBefore(version, [3, 16]) && /quantile|mad_over_time/.test(query) && /against NaN/.test(detail)
  ) {
    return true;
  }
  if (!isBefore(version, [3, 14])) return false;
  // Only what the functions look at is decoded, and mismatches of the rest are not noticed.
  if (/histogram_(avg|sum|count)/.test(query) && detail.includes("mismatched custom")) return true;
  // Sorting what has more than one step warns since then.
  if (kind === "annotations" && detail.includes("sort is ineffective")) return true;
  // The mean of a single histogram was infinite.
  if (kind === "value" && query.includes("avg_over_time") && detail.includes('"+Inf"')) return true;
  // The deviation of a NaN was that of the other numbers.
  if (kind === "value" && query.includes("mad_over_time")) return true;
  // Info series were not looked up at the time of the vector.
  return query.startsWith("info(") && /offset|@/.test(query);
}
