/**
 * Stock cells for counters and gauges. Recording never throws, and allocates nothing but the bigints
 * of a counter past 2^53. What a cell cannot take it refuses, and says so to whoever made it, because
 * a wrong measurement must not take the service down.
 *
 * @module
 */
import type { Counter, Gauge } from "./recorder.ts";

const LIMIT = 2n ** 64n;

/**
 * An unsigned 64-bit count, exact over its whole range. A value that is no whole number from 0 to
 * 2^64 − 1 (negative, fractional, NaN, infinite) is refused. A sum past 2^64 − 1 wraps around, which
 * Prometheus' `rate()` takes for a restart.
 */
export class CounterCell implements Counter {
  /** The count while it is at most 2^53 − 1. */
  #narrow = 0;
  /** The count since it passed 2^53 − 1. */
  #wide: bigint | undefined = undefined;
  readonly #onRefused: () => void;

  /** `onRefused` is called for each value that is refused; it must not throw. */
  constructor(onRefused: () => void = () => {}) {
    this.#onRefused = onRefused;
  }

  /** A number up to 2^53 − 1, a bigint above. */
  get value(): number | bigint {
    return this.#wide ?? this.#narrow;
  }

  increment(by: number | bigint = 1): void {
    if (typeof by === "number" && this.#wide === undefined) {
      const sum = this.#narrow + by;
      if (by >= 0 && sum <= Number.MAX_SAFE_INTEGER && Math.floor(by) === by) {
        this.#narrow = sum;
        return;
      }
    }
    const whole = asCount(by);
    if (whole === undefined) this.#onRefused();
    else this.#set(BigInt.asUintN(64, BigInt(this.value) + whole));
  }

  absolute(value: number | bigint): void {
    const whole = asCount(value);
    if (whole === undefined) this.#onRefused();
    else if (whole > this.value) this.#set(whole);
  }

  #set(value: bigint): void {
    const narrow = value <= Number.MAX_SAFE_INTEGER;
    this.#narrow = narrow ? Number(value) : 0;
    this.#wide = narrow ? undefined : value;
  }
}

/** `value` as a count, or undefined when it is none. */
function asCount(value: number | bigint): bigint | undefined {
  if (typeof value === "number" && !Number.isInteger(value)) return undefined;
  const whole = BigInt(value);
  return whole >= 0n && whole < LIMIT ? whole : undefined;
}

/** A 64-bit floating-point value; takes NaN and the infinities as they come. */
export class GaugeCell implements Gauge {
  #value = 0;

  get value(): number {
    return this.#value;
  }

  increment(by = 1): void {
    this.#value += by;
  }

  decrement(by = 1): void {
    this.#value -= by;
  }

  set(value: number): void {
    this.#value = value;
  }
}
