/**
 * What a page of metrics says, once it is read.
 *
 * @module
 */

/** The type of a metric family, as OpenMetrics names it; the text format's `untyped` is `unknown`. */
export type MetricType =
  | "counter"
  | "gauge"
  | "histogram"
  | "gaugehistogram"
  | "summary"
  | "info"
  | "stateset"
  | "unknown";

/** A label's name and value. */
export type LabelPair = readonly [name: string, value: string];

/** An example of what a sample counts, such as the trace of one call. */
export interface ParsedExemplar {
  readonly labels: readonly LabelPair[];
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly timestamp?: number;
}

/** One line with a value. */
export interface ParsedSample {
  /** The sample's own name, such as `foo_bucket`; never empty. */
  readonly name: string;
  /**
   * Without the metric's name, in order of appearance, no name twice. `le` and `quantile` are written
   * as Prometheus 3 stores them ("1" is "1.0"). A label with an empty value is kept, since it says
   * something where the labels of the page are honoured; to a store it is the same as no label.
   */
  readonly labels: readonly LabelPair[];
  /** NaN and the infinities are possible. */
  readonly value: number;
  /** Milliseconds since the epoch, where the page gives one. */
  readonly timestamp?: number;
  readonly exemplar?: ParsedExemplar;
  /** Since when a counter, histogram or summary counts (OpenMetrics' `_created`), in milliseconds. */
  readonly startTimestamp?: number;
}

/** What the page says of a family, by HELP, TYPE and UNIT. Where it says it twice the last counts. */
export interface ParsedMetadata {
  readonly name: string;
  type?: MetricType;
  help?: string;
  unit?: string;
}

/** A page: its samples in order, and one entry of metadata for each family that has any. */
export interface Exposition {
  readonly samples: readonly ParsedSample[];
  readonly metadata: readonly ParsedMetadata[];
}
