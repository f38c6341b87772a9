/**
 * The recording side of the TCP exporter: handles that pass each operation on as it is.
 *
 * @module
 */
import type {
  Counter,
  Gauge,
  Histogram,
  Labels,
  MetricKind,
  Recorder,
} from "../../metrics/recorder.ts";
import type { Unit } from "../../metrics/unit.ts";
import {
  type Description,
  type EncodedSeries,
  encodeMetadata,
  encodeSeries,
  OPERATION,
  type Operation,
} from "./event.ts";
import { type Bytes, concat } from "./protobuf.ts";

/** Where handles send operations. */
export interface Outlet {
  /** False while nobody listens: handles then do nothing. */
  readonly isOpen: boolean;
  /** Takes one operation, `times` (default 1) times over. */
  send(series: Series, operation: Operation, value: number | bigint, times?: number): void;
}

/** A name with labels, encoded when first sent. */
export class Series {
  readonly #name: string;
  readonly #labels: Labels;
  #encoded: EncodedSeries | undefined;

  constructor(name: string, labels: Labels) {
    this.#name = name;
    this.#labels = { ...labels };
  }

  get encoded(): EncodedSeries {
    return this.#encoded ??= encodeSeries(this.#name, this.#labels);
  }
}

/**
 * Remembers descriptions and hands out handles. Nothing is kept of a series here, so every
 * `register…` makes a new handle, and handles of one series are equal in effect but not identical:
 * a table of series would cost a look-up with nobody listening, and would have to be bounded.
 */
export class TcpRecorder implements Recorder {
  readonly #outlet: Outlet;
  readonly #descriptions = new Map<string, Description>();

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

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
    return new TcpCounter(this.#outlet, new Series(name, labels));
  }

  registerGauge(name: string, labels: Labels): Gauge {
    return new TcpGauge(this.#outlet, new Series(name, labels));
  }

  registerHistogram(name: string, labels: Labels): Histogram {
    return new TcpHistogram(this.#outlet, new Series(name, labels));
  }

  /** Every description as a frame, in the order in which the names came. */
  encodeDescriptions(): Bytes {
    return concat(Array.from(this.#descriptions, ([name, it]) => encodeMetadata(name, it)));
  }

  #describe(kind: MetricKind, name: string, unit: Unit | undefined, help: string): void {
    // The wire knows a name only once: the kind it came with first stays.
    const first = this.#descriptions.get(name);
    this.#descriptions.set(name, { kind: first?.kind ?? kind, unit, help });
  }
}

/** What the handles have in common: nothing happens while nobody listens. */
abstract class Handle {
  readonly #outlet: Outlet;
  readonly #series: Series;

  constructor(outlet: Outlet, series: Series) {
    this.#outlet = outlet;
    this.#series = series;
  }

  protected send(operation: Operation, value: number | bigint, times?: number): void {
    if (this.#outlet.isOpen) this.#outlet.send(this.#series, operation, value, times);
  }
}

class TcpCounter extends Handle implements Counter {
  increment(by: number | bigint = 1): void {
    this.send(OPERATION.incrementCounter, by);
  }

  absolute(value: number | bigint): void {
    this.send(OPERATION.setCounter, value);
  }
}

class TcpGauge extends Handle implements Gauge {
  increment(by = 1): void {
    this.send(OPERATION.incrementGauge, by);
  }

  decrement(by = 1): void {
    this.send(OPERATION.decrementGauge, by);
  }

  set(value: number): void {
    this.send(OPERATION.setGauge, value);
  }
}

class TcpHistogram extends Handle implements Histogram {
  record(value: number): void {
    this.send(OPERATION.recordHistogram, value);
  }

  /** The wire knows no counts: this is `count` events, of which no more than the queue holds are sent. */
  recordMany(value: number, count: number): void {
    this.send(OPERATION.recordHistogram, value, count);
  }
}
