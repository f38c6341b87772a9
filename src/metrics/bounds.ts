/**
 * What keeps memory bounded when label values come from outside. A metric that has reached its limit
 * of series records every new label set in one series with the label `otel_metric_overflow="true"`;
 * sums over the metric stay right. Label values that are too long are cut.
 *
 * @see {@link https://opentelemetry.io/docs/specs/otel/metrics/sdk/#overflow-attribute}
 * @module
 */
import type { Labels, MetricKind, Recorder } from "./recorder.ts";

/** Limits of a registry. */
export interface Bounds {
  /**
   * Series that a metric may have, besides its overflow series. Default 2,000, as in OpenTelemetry;
   * the kinds count apart.
   */
  readonly maxSeries?: number;
  /**
   * UTF-16 units that a label value may have. Default 256. A longer one is cut to this length, its
   * last character being "…"; values with the same beginning then share a series.
   */
  readonly maxLabelLength?: number;
  /**
   * Called at each look-up that met a limit. It must not throw. Values recorded on a kept handle are
   * not reported again.
   */
  readonly onOverflow?: (overflow: Overflow) => void;
}

/** A look-up that met a limit. */
export interface Overflow {
  readonly kind: MetricKind;
  readonly name: string;
  /** `series`: the overflow series was handed out. `label_length`: a label value was cut. */
  readonly reason: "series" | "label_length";
}

/** Limits, all of them said. */
export type ResolvedBounds = Required<Bounds>;

/** The labels of the series that takes what is past the limit. */
export const OVERFLOW_LABELS: Labels = Object.freeze({ otel_metric_overflow: "true" });

/** The name of the counter that says how often a limit was met, by metric. */
export const OVERFLOW_COUNTER = "metrics_overflow_total";

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} when a limit is not a whole number (Infinity is allowed).
 */
export function resolveBounds(bounds: Bounds): ResolvedBounds {
  const { maxSeries = 2_000, maxLabelLength = 256, onOverflow = () => {} } = bounds;
  for (const [name, value] of Object.entries({ maxSeries, maxLabelLength })) {
    if (value === Infinity || (Number.isSafeInteger(value) && value >= 1)) continue;
    throw new RangeError(
      `Cannot bound the registry: '${name}' must be a whole number from 1, current value is ${value}`,
    );
  }
  return { maxSeries, maxLabelLength, onOverflow };
}

/**
 * `labels` itself, or a copy in which every value longer than `limit` is cut. Callers without types may
 * pass values that are no strings; they are as long as they print.
 */
export function cutLabels(labels: Labels, limit: number): Labels {
  if (!Object.values(labels).some((value) => String(value).length > limit)) return labels;
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [name, cut(String(value), limit)]),
  );
}

function cut(value: string, limit: number): string {
  if (value.length <= limit) return value;
  const kept = value.slice(0, limit - 1);
  // A cut through a surrogate pair would leave half a character, which UTF-8 cannot carry.
  return kept.replace(/[\ud800-\udbff]$/, "") + "…";
}

/**
 * An `onOverflow` that counts in `metrics_overflow_total{metric}` of the recorder, which may be layers
 * around the registry that calls it.
 */
export function countOverflow(recorder: () => Recorder): (overflow: Overflow) => void {
  let counting = false;
  return ({ name }) => {
    // The counter can meet its own limit, under whatever name the layers give it.
    if (counting) return;
    counting = true;
    try {
      recorder().registerCounter(OVERFLOW_COUNTER, { metric: name }).increment();
    } finally {
      counting = false;
    }
  };
}
