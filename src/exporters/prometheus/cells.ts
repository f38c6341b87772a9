/**
 * The cells of this exporter: the stock ones, with what an exposition keeps for each series.
 *
 * @module
 */
import { BucketHistogram, type BucketHistogramOptions } from "../../metrics/buckets.ts";
import { CounterCell, GaugeCell } from "../../metrics/cells.ts";
import type { Labels } from "../../metrics/recorder.ts";
import type { MetricStorage } from "../../metrics/registry.ts";
import { RollingSummary, type RollingSummaryOptions } from "../../metrics/summary.ts";
import { ExposedLabels } from "./labels.ts";
import { metricName } from "./names.ts";

/** A counter to be exposed. */
export class ExposedCounter extends CounterCell {
  constructor(
    readonly labels: ExposedLabels,
    readonly created: number,
    onRefused: () => void,
  ) {
    super(onRefused);
  }
}

/** A gauge to be exposed. */
export class ExposedGauge extends GaugeCell {
  constructor(readonly labels: ExposedLabels) {
    super();
  }
}

/** A histogram to be exposed with quantiles. */
export class ExposedSummary extends RollingSummary {
  readonly type = "summary";

  constructor(
    readonly labels: ExposedLabels,
    readonly created: number,
    options: RollingSummaryOptions,
  ) {
    super(options);
  }
}

/** A histogram to be exposed with buckets. */
export class ExposedBuckets extends BucketHistogram {
  readonly type = "histogram";

  constructor(
    readonly labels: ExposedLabels,
    readonly created: number,
    { bounds, ...options }: BucketHistogramOptions & { readonly bounds: readonly number[] },
  ) {
    super(bounds, options);
  }
}

/** A histogram to be exposed. */
export type ExposedHistogram = ExposedSummary | ExposedBuckets;

/** How cells are made. */
export interface CellOptions {
  readonly globalLabels: Labels;
  readonly quantiles: readonly number[];
  readonly bucketDuration: number;
  readonly bucketCount: number;
  readonly bucketsOf: (name: string) => readonly number[] | undefined;
  readonly exemplar: (() => Labels | undefined) | undefined;
  /** Milliseconds of Unix time. */
  readonly now: () => number;
  /** Told of each value that a cell of `metric` refuses. */
  readonly onRefused: (metric: string) => void;
}

/** Storage whose cells can be exposed. */
export function exposedStorage(
  options: CellOptions,
): MetricStorage<ExposedCounter, ExposedGauge, ExposedHistogram> {
  const { globalLabels, now, exemplar } = options;
  const refusalOf = (name: string) => () => options.onRefused(name);
  const plain = { globalLabels };
  const withQuantile = { globalLabels, reserved: "quantile" };
  const withBound = { globalLabels, reserved: "le" };
  return {
    counter: ({ name, labels }) =>
      new ExposedCounter(new ExposedLabels(labels, plain), now(), refusalOf(name)),
    gauge: ({ labels }) => new ExposedGauge(new ExposedLabels(labels, plain)),
    histogram: ({ name, labels }) => {
      const bounds = options.bucketsOf(metricName(name));
      const onRefused = refusalOf(name);
      if (bounds !== undefined) {
        const cell = { bounds, exemplar, now, onRefused };
        return new ExposedBuckets(new ExposedLabels(labels, withBound), now(), cell);
      }
      const { quantiles, bucketDuration, bucketCount } = options;
      const cell = { quantiles, bucketDuration, bucketCount, now, onRefused };
      return new ExposedSummary(new ExposedLabels(labels, withQuantile), now(), cell);
    },
  };
}
