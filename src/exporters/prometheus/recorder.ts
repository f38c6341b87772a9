/**
 * What the exporter records into: a bounded registry of cells that can be exposed, and the
 * descriptions.
 *
 * @module
 */
import { type Bounds, countOverflow } from "../../metrics/bounds.ts";
import { generationalStorage, Recency, type RecencyOptions } from "../../metrics/recency.ts";
import type {
  Counter,
  Gauge,
  Histogram,
  Labels,
  MetricKind,
  Recorder,
} from "../../metrics/recorder.ts";
import { countRefusals } from "../../metrics/refusals.ts";
import { Registry } from "../../metrics/registry.ts";
import type { Unit } from "../../metrics/unit.ts";
import {
  type CellOptions,
  type ExposedCounter,
  type ExposedGauge,
  type ExposedHistogram,
  exposedStorage,
} from "./cells.ts";
import { metricName } from "./names.ts";
import { idlingSource, type Recorded, type SeriesSource, steadySource } from "./source.ts";

/** What is said of a metric. */
export interface Description {
  readonly unit: Unit | undefined;
  readonly help: string;
}

/** How a {@linkcode PrometheusRecorder} is set up. */
export interface RecorderOptions extends Omit<CellOptions, "onRefused"> {
  readonly bounds: Pick<Bounds, "maxSeries" | "maxLabelLength">;
  readonly idle: RecencyOptions | undefined;
}

/** Keeps values for exposition. Of several descriptions of a metric the first counts. */
export class PrometheusRecorder implements Recorder {
  readonly #series: SeriesSource;
  readonly #descriptions: Record<MetricKind, Map<string, Description>> = {
    counter: new Map(),
    gauge: new Map(),
    histogram: new Map(),
  };

  constructor(options: RecorderOptions) {
    const bounds = { ...options.bounds, onOverflow: countOverflow(() => this) };
    const storage = exposedStorage({ ...options, onRefused: countRefusals(() => this) });
    this.#series = options.idle === undefined
      ? steadySource(new Registry(storage, bounds))
      : idlingSource(new Registry(generationalStorage(storage), bounds), new Recency(options.idle));
  }

  describeCounter(name: string, unit: Unit | undefined, help: string): void {
    this.#describe("counter", name, { unit, help });
  }

  describeGauge(name: string, unit: Unit | undefined, help: string): void {
    this.#describe("gauge", name, { unit, help });
  }

  describeHistogram(name: string, unit: Unit | undefined, help: string): void {
    this.#describe("histogram", name, { unit, help });
  }

  registerCounter(name: string, labels: Labels): Counter {
    return this.#series.registry.counter(name, labels);
  }

  registerGauge(name: string, labels: Labels): Gauge {
    return this.#series.registry.gauge(name, labels);
  }

  registerHistogram(name: string, labels: Labels): Histogram {
    return this.#series.registry.histogram(name, labels);
  }

  /** What is said of a metric; names that are exposed as the same one share it. */
  description(kind: MetricKind, name: string): Description | undefined {
    return this.#descriptions[kind].get(metricName(name));
  }

  /** Removes what was idle for too long; yields where it may be interrupted. */
  sweep(): Generator<void> {
    return this.#series.sweep();
  }

  counters(): Iterable<Recorded<ExposedCounter>> {
    return this.#series.counters();
  }

  gauges(): Iterable<Recorded<ExposedGauge>> {
    return this.#series.gauges();
  }

  histograms(): Iterable<Recorded<ExposedHistogram>> {
    return this.#series.histograms();
  }

  #describe(kind: MetricKind, name: string, description: Description): void {
    const descriptions = this.#descriptions[kind];
    const legal = metricName(name);
    if (!descriptions.has(legal)) descriptions.set(legal, description);
  }
}
