/**
 * Which metrics are counted in which buckets.
 *
 * @module
 */
import { metricName } from "./names.ts";

/** Buckets for the metrics of one name, or with one beginning or end. */
export type MetricBuckets =
  & { readonly buckets: readonly number[] }
  & ({ readonly name: string } | { readonly prefix: string } | { readonly suffix: string });

/**
 * A function from a metric's name to its buckets; undefined where it has none and is a summary.
 *
 * A whole name wins over a prefix, a prefix over a suffix, the first in the list over later ones of
 * its sort, and any of them over `fallback`. Patterns are rewritten as names are, so that `http.` is
 * the beginning of `http_seconds`; a unit suffix is not part of the name yet.
 */
export function bucketMatcher(
  rules: readonly MetricBuckets[],
  fallback: readonly number[] | undefined,
): (name: string) => readonly number[] | undefined {
  const names = new Map<string, readonly number[]>();
  const prefixes: [string, readonly number[]][] = [];
  const suffixes: [string, readonly number[]][] = [];
  for (const rule of rules) {
    if ("name" in rule) {
      const name = metricName(rule.name);
      if (!names.has(name)) names.set(name, rule.buckets);
    } else if ("prefix" in rule) prefixes.push([metricName(rule.prefix), rule.buckets]);
    else suffixes.push([suffixPattern(rule.suffix), rule.buckets]);
  }
  return (name) =>
    names.get(name) ??
      prefixes.find(([prefix]) => name.startsWith(prefix))?.[1] ??
      suffixes.find(([suffix]) => name.endsWith(suffix))?.[1] ??
      fallback;
}

/** A digit may not begin a name, but it may begin the end of one. */
function suffixPattern(suffix: string): string {
  return metricName(`_${suffix}`).slice(1);
}
