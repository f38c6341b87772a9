/**
 * Measuring: counters, gauges and histograms by name and labels, for whatever exporter listens.
 *
 * Code that records needs this module only (`facade.ts`; start there). Code that keeps or exports
 * implements `Recorder` (`recorder.ts`), usually over a `Registry` of cells (`registry.ts`). What the
 * program as a whole exports is listed in `catalogue.ts`.
 *
 * @module
 */
export { catalogued, describeAll, type LabelsOf, type MetricNameOf } from "./catalogue.ts";
export { currentSpan, type Fields, type FieldValue, recordField, withSpan } from "./context.ts";
export * from "./facade.ts";
export type { LabelsNamed, MetricName } from "./names.ts";
export type { Counter, Gauge, Histogram, Labels, MetricKind, Recorder } from "./recorder.ts";
export type { Unit } from "./unit.ts";
