/**
 * Long work on the process that also answers calls: it stops when it must and gives way in between.
 *
 * @module
 */
import { nextTurn } from "../net/turns.ts";

/** How long work goes on before the event loop has a turn, in milliseconds. */
const SLICE = 1.5;

/**
 * Tells work when to give way. Call {@linkcode due} often, it is cheap, and await {@linkcode giveWay}
 * when it says so:
 *
 * ```ts
 * for (const series of all) {
 *   work(series);
 *   if (pace.due()) await pace.giveWay();
 * }
 * ```
 */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  #sliceEnd = performance.now() + SLICE;
  #calls = 0;

  constructor({ signal }: { readonly signal?: AbortSignal | undefined } = {}) {
    this.#signal = signal;
  }

  /** Whether more than 1.5 ms have gone since the last turn. The clock is read at every `every`-th call. */
  due(every = 1): boolean {
    if (++this.#calls < every) return false;
    this.#calls = 0;
    return performance.now() >= this.#sliceEnd;
  }

  /** Lets the event loop have a turn. Rejects with the reason of the signal once it is aborted. */
  async giveWay(): Promise<void> {
    await nextTurn();
    this.#signal?.throwIfAborted();
    this.#sliceEnd = performance.now() + SLICE;
  }
}
