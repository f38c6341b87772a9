import { currentSpan } from "../context.ts";
import type { Labels } from "../recorder.ts";
import type { Layer } from "./stack.ts";

/**
 * Which fields of a span become labels: all, those with these names, or those for which a function
 * says so. It has no say in the labels written where a metric is registered.
 */
export type SpanLabelFilter =
  | "all"
  | readonly string[]
  | ((metric: string, label: { readonly key: string; readonly value: string }) => boolean);

/**
 * Adds the fields of the current span to the labels of each metric that is registered.
 *
 * - It is the registration that counts: a kept handle keeps the labels of the span it was taken in.
 * - A label written at the registration wins over a field of the same name.
 * - The span's own fields come first, then those it began with, then the written labels; a written
 *   label that wins stands where the field stood.
 *
 * Every value of a field makes a series of its own. Name the fields that have few values, and keep
 * "all" for programs that know every field they set.
 */
export function spanLabels(include: SpanLabelFilter): Layer {
  const includes = inclusionOf(include);
  const withFields = (metric: string, labels: Labels): Labels => {
    const span = currentSpan();
    if (span === undefined || span.fields.size === 0) return labels;
    const all = new Map<string, string>();
    for (const [key, value] of span.fields) {
      if (includes(metric, { key, value })) all.set(key, value);
    }
    if (all.size === 0) return labels;
    for (const [key, value] of Object.entries(labels)) all.set(key, value);
    return Object.fromEntries(all);
  };
  return (inner) => ({
    describeCounter: (...d) => inner.describeCounter(...d),
    describeGauge: (...d) => inner.describeGauge(...d),
    describeHistogram: (...d) => inner.describeHistogram(...d),
    registerCounter: (name, labels) => inner.registerCounter(name, withFields(name, labels)),
    registerGauge: (name, labels) => inner.registerGauge(name, withFields(name, labels)),
    registerHistogram: (name, labels) => inner.registerHistogram(name, withFields(name, labels)),
  });
}

function inclusionOf(
  include: SpanLabelFilter,
): Exclude<SpanLabelFilter, "all" | readonly string[]> {
  if (include === "all") return () => true;
  if (typeof include === "function") return include;
  const keys = new Set(include);
  return (_metric, { key }) => keys.has(key);
}
