/**
 * Turns of the event loop that are worth the name. Deno polls sockets and timers only when nothing is
 * left to do, or after 61 rounds: with a `setImmediate` in each slice of work, a call that arrived
 * waited for 61 slices. So a slice is followed by more rounds than that, which take a twentieth of a
 * millisecond where nothing happens; and of all who work in slices one goes on at a time, since they
 * would otherwise work one after the other in the same round.
 */
import { setImmediate as nextRound } from "node:timers/promises";

/** `event_interval` of Deno's tokio is 61. */
const ROUNDS = 64;

const waiting: (() => void)[] = [];
let isGoingRound = false;

/** Resolves when sockets and timers have had their turn, and all who have waited longer. */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.push(resolve);
  if (!isGoingRound) void goRound();
  return promise;
}

async function goRound(): Promise<void> {
  isGoingRound = true;
  while (waiting.length > 0) {
    for (let i = 0; i < ROUNDS; i++) await nextRound();
    waiting.shift()?.();
  }
  isGoingRound = false;
}
