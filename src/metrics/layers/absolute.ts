import type { Counter } from "../recorder.ts";
import type { Layer } from "./stack.ts";

/**
 * For counters that are read from somewhere else as totals, such as bytes from the kernel: takes
 * what is added to a counter whose name contains one of `patterns` as its new total, and adds the
 * difference. A total that is not above the last one adds nothing.
 *
 * New code says `counter.absolute(total)`; this is for code that says `increment` and means a total,
 * and for recorders that want differences.
 *
 * @throws {RangeError} when a pattern is empty, for that would change every counter.
 */
export function absolute(patterns: readonly string[]): Layer {
  if (patterns.includes("")) {
    throw new RangeError("Cannot take totals: an empty pattern would match every counter");
  }
  return (inner) => {
    const known = new WeakMap<Counter, Counter>();
    return {
      describeCounter: (...d) => inner.describeCounter(...d),
      describeGauge: (...d) => inner.describeGauge(...d),
      describeHistogram: (...d) => inner.describeHistogram(...d),
      registerGauge: (name, labels) => inner.registerGauge(name, labels),
      registerHistogram: (name, labels) => inner.registerHistogram(name, labels),
      registerCounter: (name, labels) => {
        const counter = inner.registerCounter(name, labels);
        if (!patterns.some((pattern) => name.includes(pattern))) return counter;
        let differences = known.get(counter);
        if (differences === undefined) known.set(counter, differences = differencesOf(counter));
        return differences;
      },
    };
  };
}

function differencesOf(counter: Counter): Counter {
  let last: number | bigint = 0;
  const take = (total: number | bigint) => {
    if (!(total > last) || (typeof total === "number" && !Number.isInteger(total))) return;
    counter.increment(difference(total, last));
    last = total;
  };
  return { increment: (by = 1) => take(by), absolute: take };
}

function difference(a: number | bigint, b: number | bigint): number | bigint {
  return Number.isSafeInteger(a) ? Number(a) - Number(b) : BigInt(a) - BigInt(b);
}
