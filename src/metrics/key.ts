/**
 * What identifies a series within its kind: the metric's name and its labels.
 *
 * @module
 */
import type { Labels } from "./recorder.ts";

/** Name and labels of one series. The labels are frozen, and in the order of their first use. */
export interface SeriesKey {
  readonly name: string;
  readonly labels: Labels;
}

/**
 * A string that is equal for label sets with the same pairs in any order, and different for all
 * others, whatever characters names and values hold.
 */
export function labelsIdentity(labels: Labels): string {
  const names = Object.keys(labels);
  if (names.length > 1) names.sort();
  const pairs: string[] = [];
  for (const name of names) pairs.push(name, String(labels[name]));
  // JSON quotes what could be taken for a separator, and keeps lone surrogates apart.
  return JSON.stringify(pairs);
}

/** The key with a frozen copy of `labels`, an own `__proto__` kept as a label like any other. */
export function seriesKey(name: string, labels: Labels): SeriesKey {
  const copy = Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [name, String(value)]),
  );
  return Object.freeze({ name, labels: Object.freeze(copy) });
}
