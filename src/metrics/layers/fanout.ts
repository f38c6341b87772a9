import type { Counter, Gauge, Histogram, Recorder } from "../recorder.ts";

/** A recorder that passes everything on to each of `recorders`, in this order. */
export function fanout(...recorders: readonly Recorder[]): Recorder {
  const counters = new Joints(joinCounters);
  const gauges = new Joints(joinGauges);
  const histograms = new Joints(joinHistograms);
  return {
    describeCounter: (...d) => recorders.forEach((r) => r.describeCounter(...d)),
    describeGauge: (...d) => recorders.forEach((r) => r.describeGauge(...d)),
    describeHistogram: (...d) => recorders.forEach((r) => r.describeHistogram(...d)),
    registerCounter: (name, labels) =>
      counters.of(recorders.map((r) => r.registerCounter(name, labels))),
    registerGauge: (name, labels) => gauges.of(recorders.map((r) => r.registerGauge(name, labels))),
    registerHistogram: (name, labels) =>
      histograms.of(recorders.map((r) => r.registerHistogram(name, labels))),
  };
}

function joinCounters(counters: readonly Counter[]): Counter {
  return {
    increment: (by = 1) => {
      for (const counter of counters) counter.increment(by);
    },
    absolute: (value) => {
      for (const counter of counters) counter.absolute(value);
    },
  };
}

function joinGauges(gauges: readonly Gauge[]): Gauge {
  return {
    increment: (by = 1) => {
      for (const gauge of gauges) gauge.increment(by);
    },
    decrement: (by = 1) => {
      for (const gauge of gauges) gauge.decrement(by);
    },
    set: (value) => {
      for (const gauge of gauges) gauge.set(value);
    },
  };
}

function joinHistograms(histograms: readonly Histogram[]): Histogram {
  return {
    record: (value) => {
      for (const histogram of histograms) histogram.record(value);
    },
    recordMany: (value, count) => {
      for (const histogram of histograms) histogram.recordMany(value, count);
    },
  };
}

/**
 * One joint handle for each combination of handles, so that a series keeps its handle here as it
 * does in the recorders. Keeps no handle alive that nobody else has.
 */
class Joints<Handle extends object> {
  readonly #join: (handles: readonly Handle[]) => Handle;
  readonly #root: Branch<Handle> = { next: new WeakMap() };

  constructor(join: (handles: readonly Handle[]) => Handle) {
    this.#join = join;
  }

  of(handles: readonly Handle[]): Handle {
    let branch = this.#root;
    for (const handle of handles) {
      let next = branch.next.get(handle);
      if (next === undefined) branch.next.set(handle, next = { next: new WeakMap() });
      branch = next;
    }
    return branch.joint ??= this.#join(handles);
  }
}

interface Branch<Handle extends object> {
  readonly next: WeakMap<Handle, Branch<Handle>>;
  joint?: Handle;
}
