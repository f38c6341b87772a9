/**
 * How long work holds the event loop, for benches.
 *
 * @module
 */
import { setImmediate as nextTurn } from "node:timers/promises";

/** What {@linkcode longestHold} saw, in milliseconds. */
export interface Hold {
  /** The longest time between two turns of the event loop. */
  readonly hold: number;
  /** How long the work took. */
  readonly total: number;
}

/** Runs `work` and watches the turns of the event loop meanwhile. */
export async function longestHold(work: () => Promise<unknown>): Promise<Hold> {
  let running = true;
  let hold = 0;
  const watching = (async () => {
    let last = performance.now();
    while (running) {
      await nextTurn();
      const now = performance.now();
      hold = Math.max(hold, now - last);
      last = now;
    }
  })();
  await nextTurn();
  const begin = performance.now();
  await work();
  const total = performance.now() - begin;
  running = false;
  await watching;
  return { hold, total };
}
