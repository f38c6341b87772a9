import { DEFAULT_QUANTILES, type Quantile, quantile } from "./quantile.ts";
import type { Histogram } from "./recorder.ts";
import { isRecordable } from "./refusals.ts";
import { DEFAULT_RELATIVE_ERROR, Sketch } from "./sketch.ts";
import { turnNow } from "./turn_clock.ts";

/** How a {@linkcode RollingSummary} is set up. */
export interface RollingSummaryOptions {
  /** Which quantiles a snapshot has. Default 0, 0.5, 0.9, 0.95, 0.99, 0.999 and 1. */
  quantiles?: readonly number[];
  /** Relative error of a quantile; see {@linkcode Sketch}. Default 0.0001. */
  relativeError?: number;
  /** How long one part of the window collects, in milliseconds. Default 20,000. */
  bucketDuration?: number;
  /** How many parts the window has. Default 3, so that the window is 60 s long. */
  bucketCount?: number;
  /** The time in milliseconds; it may be set back. Default the system's, read once a turn. */
  now?: () => number;
  /** Called for each value that is refused; it must not throw. */
  onRefused?: () => void;
}

/** What a {@linkcode RollingSummary} holds at one moment. */
export interface SummarySnapshot {
  readonly kind: "summary";
  /** The quantiles of the window, in the order asked for; each is 0 when the window is empty. */
  readonly quantiles: readonly { readonly quantile: Quantile; readonly value: number }[];
  /** Sum of all values since the start. */
  readonly sum: number;
  /** Number of values since the start. */
  readonly count: number;
  /** Number of values refused since the start: those that are not finite numbers. */
  readonly refused: number;
}

/** One part of the window: what was recorded from `begin` for one bucket duration. */
interface Part {
  begin: number;
  readonly sketch: Sketch;
}

/** Where snapshots join the parts, by relative error; one for all, since no snapshot outlives its call. */
const joins = new Map<number, Sketch>();

function joinFor(relativeError: number): Sketch {
  let join = joins.get(relativeError);
  if (join === undefined) joins.set(relativeError, join = new Sketch(relativeError));
  return join;
}

/**
 * A histogram that answers with quantiles of the last while (60 s), and with the sum and the count
 * of everything since the start.
 *
 * Takes up to 256 KiB for each part of the window (see {@linkcode Sketch}), as the values spread.
 */
export class RollingSummary implements Histogram {
  readonly #quantiles: readonly Quantile[];
  readonly #duration: number;
  readonly #now: () => number;
  readonly #onRefused: (() => void) | undefined;
  readonly #parts: Part[];
  readonly #joined: Sketch;
  #current = 0;
  #sum = 0;
  #count = 0;
  #refused = 0;

  /** @throws {RangeError} when a quantile is NaN, or a duration or count is not positive. */
  constructor(options: RollingSummaryOptions = {}) {
    const {
      bucketDuration = 20_000,
      bucketCount = 3,
      relativeError = DEFAULT_RELATIVE_ERROR,
    } = options;
    if (!(bucketDuration > 0 && bucketDuration < Infinity)) {
      throw new RangeError(
        `Cannot make a summary: 'bucketDuration' must be above 0 ms, current value is ${bucketDuration}`,
      );
    }
    if (!Number.isInteger(bucketCount) || bucketCount < 1) {
      throw new RangeError(
        `Cannot make a summary: 'bucketCount' must be a whole number from 1, current value is ${bucketCount}`,
      );
    }
    this.#quantiles = (options.quantiles ?? DEFAULT_QUANTILES).map(quantile);
    this.#duration = bucketDuration;
    this.#now = options.now ?? turnNow;
    this.#onRefused = options.onRefused;
    this.#joined = joinFor(relativeError);
    this.#parts = Array.from(
      { length: bucketCount },
      () => ({ begin: -Infinity, sketch: new Sketch(relativeError) }),
    );
  }

  /** Records one value. What is not a finite number is refused, and counted as such. */
  record(value: number): void {
    this.recordMany(value, 1);
  }

  recordMany(value: number, count: number): void {
    if (!isRecordable(value, count)) {
      this.#refused++;
      this.#onRefused?.();
      return;
    }
    if (count === 0) return;
    this.#sum += value * count;
    this.#count += count;
    this.#partAt(this.#now()).sketch.add(value, count);
  }

  snapshot(): SummarySnapshot {
    const now = this.#now();
    this.#followClockBack(now);
    const windowStart = now - this.#duration * this.#parts.length;
    const joined = this.#joined;
    joined.clear();
    for (const part of this.#parts) {
      if (part.begin > windowStart) joined.merge(part.sketch);
    }
    return {
      kind: "summary",
      quantiles: this.#quantiles.map((quantile) => ({
        quantile,
        value: joined.quantile(quantile.value) ?? 0,
      })),
      sum: this.#sum,
      count: this.#count,
      refused: this.#refused,
    };
  }

  /** The part that collects now; the oldest is emptied for it when the present one is over. */
  #partAt(now: number): Part {
    let part = this.#parts[this.#current] as Part;
    if (now >= part.begin && now < part.begin + this.#duration) return part;
    if (now < part.begin) {
      this.#followClockBack(now);
      return part;
    }
    // Parts follow each other without a gap while there is data, and start afresh after a pause.
    const elapsed = now - part.begin;
    const begin = elapsed < this.#duration * this.#parts.length
      ? now - elapsed % this.#duration
      : now;
    this.#current = (this.#current + 1) % this.#parts.length;
    part = this.#parts[this.#current] as Part;
    part.begin = begin;
    part.sketch.clear();
    return part;
  }

  /** Where the clock was set back, the window moves with it. */
  #followClockBack(now: number): void {
    const ahead = (this.#parts[this.#current] as Part).begin - now;
    if (ahead > 0) { for (const part of this.#parts) part.begin -= ahead; }
  }
}
