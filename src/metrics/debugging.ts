/**
 * A recorder for tests: it keeps what was recorded until it is looked at.
 *
 * ```ts
 * const recorder = new DebuggingRecorder();
 * withRecorder(recorder, () => counter("jobs_total", { queue: "mail" }).increment(2));
 * assertEquals(recorder.snapshot(), [
 *   { kind: "counter", name: "jobs_total", labels: { queue: "mail" }, value: 2 },
 * ]);
 * ```
 *
 * @module
 */
import { CounterCell, GaugeCell } from "./cells.ts";
import { labelsIdentity } from "./key.ts";
import type { Counter, Gauge, Histogram, Labels, MetricKind, Recorder } from "./recorder.ts";
import { Registry } from "./registry.ts";
import type { Unit } from "./unit.ts";

/** One series, as a test sees it. */
export type DebugMetric =
  & DebugDescription
  & (
    | { readonly kind: "counter"; readonly value: number | bigint }
    | { readonly kind: "gauge"; readonly value: number }
    | { readonly kind: "histogram"; readonly values: readonly number[] }
  );

/** What every {@linkcode DebugMetric} has. */
export interface DebugDescription {
  readonly name: string;
  readonly labels: Labels;
  /** Only if it was described with a unit. */
  readonly unit?: Unit;
  /** Only if it was described. */
  readonly help?: string;
}

/**
 * Keeps every value, and gives them away: a snapshot holds what was recorded since the one before.
 * Nothing limits it but memory, so it is for tests.
 */
export class DebuggingRecorder implements Recorder {
  readonly #descriptions = new Map<string, { readonly unit?: Unit; readonly help: string }>();
  readonly #registry = new Registry({
    counter: () => new DebugCounter(),
    gauge: () => new DebugGauge(),
    histogram: () => new DebugHistogram(),
  }, { maxSeries: Infinity, maxLabelLength: Infinity });

  describeCounter(name: string, unit: Unit | undefined, help: string): void {
    this.#describe("counter", name, unit, help);
  }

  describeGauge(name: string, unit: Unit | undefined, help: string): void {
    this.#describe("gauge", name, unit, help);
  }

  describeHistogram(name: string, unit: Unit | undefined, help: string): void {
    this.#describe("histogram", name, unit, help);
  }

  registerCounter(name: string, labels: Labels): Counter {
    return this.#registry.counter(name, labels);
  }

  registerGauge(name: string, labels: Labels): Gauge {
    return this.#registry.gauge(name, labels);
  }

  registerHistogram(name: string, labels: Labels): Histogram {
    return this.#registry.histogram(name, labels);
  }

  /**
   * All series in the order of their registration, and sets them to zero: counters and gauges to 0,
   * histograms to no values. Metrics that were described and never registered are not in it.
   */
  snapshot(): DebugMetric[] {
    const metrics: DebugMetric[] = [];
    this.#registry.visit(({ kind, key: { name, labels }, cell }) => {
      const described = { name, labels, ...this.#descriptions.get(`${kind} ${name}`) };
      metrics.push({ kind, ...described, ...cell.take() } as DebugMetric);
    });
    return metrics;
  }

  #describe(kind: MetricKind, name: string, unit: Unit | undefined, help: string): void {
    this.#descriptions.set(`${kind} ${name}`, unit === undefined ? { help } : { unit, help });
  }
}

/**
 * The series of this kind and name that has exactly these labels.
 *
 * @throws {Error} when there is none; the message lists what there is.
 */
export function findMetric<Kind extends MetricKind>(
  metrics: readonly DebugMetric[],
  kind: Kind,
  name: string,
  labels: Labels = {},
): Extract<DebugMetric, { kind: Kind }> {
  const identity = labelsIdentity(labels);
  const found = metrics.find((metric) =>
    metric.kind === kind && metric.name === name && labelsIdentity(metric.labels) === identity
  );
  if (found !== undefined) return found as Extract<DebugMetric, { kind: Kind }>;
  const seen = metrics.map((metric) => `  ${series(metric.kind, metric.name, metric.labels)}`);
  throw new Error(
    `Cannot find ${series(kind, name, labels)} among ${seen.length} metrics:\n${seen.join("\n")}`,
  );
}

function series(kind: MetricKind, name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${kind} ${name}{${pairs.join(",")}}`;
}

class DebugCounter implements Counter {
  #cell = new CounterCell();

  increment(by?: number | bigint): void {
    this.#cell.increment(by);
  }

  absolute(value: number | bigint): void {
    this.#cell.absolute(value);
  }

  take(): { value: number | bigint } {
    const { value } = this.#cell;
    this.#cell = new CounterCell();
    return { value };
  }
}

class DebugGauge extends GaugeCell {
  take(): { value: number } {
    const { value } = this;
    this.set(0);
    return { value };
  }
}

class DebugHistogram implements Histogram {
  #values: number[] = [];

  record(value: number): void {
    this.#values.push(value);
  }

  recordMany(value: number, count: number): void {
    for (let i = 0; i < count; i++) this.#values.push(value);
  }

  take(): { values: number[] } {
    const values = this.#values;
    this.#values = [];
    return { values };
  }
}
