import type { Counter, Gauge, Histogram, Labels, Recorder } from "../recorder.ts";
import type { Unit } from "../unit.ts";

/** Wraps a recorder in another. */
export type Layer = (inner: Recorder) => Recorder;

/** A recorder in layers. What is pushed later is further out, and is told first. */
export class Stack implements Recorder {
  readonly #recorder: Recorder;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** A stack with one more layer outside; this one stays as it is. */
  push(layer: Layer): Stack {
    return new Stack(layer(this.#recorder));
  }

  describeCounter(name: string, unit: Unit | undefined, help: string): void {
    this.#recorder.describeCounter(name, unit, help);
  }

  describeGauge(name: string, unit: Unit | undefined, help: string): void {
    this.#recorder.describeGauge(name, unit, help);
  }

  describeHistogram(name: string, unit: Unit | undefined, help: string): void {
    this.#recorder.describeHistogram(name, unit, help);
  }

  registerCounter(name: string, labels: Labels): Counter {
    return this.#recorder.registerCounter(name, labels);
  }

  registerGauge(name: string, labels: Labels): Gauge {
    return this.#recorder.registerGauge(name, labels);
  }

  registerHistogram(name: string, labels: Labels): Histogram {
    return this.#recorder.registerHistogram(name, labels);
  }
}
