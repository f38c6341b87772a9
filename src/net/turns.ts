/**
 * Turns of the event loop that are worth the name. Deno polls sockets and timers only when nothing is
 * left to do, or after 61 rounds: with a `setImmediate` in each slice of work, a call that arrived
 * waited for 61 slices. So a slice is followed by more rounds than that, which take a twentieth of a
 * millisecond where nothing happens; and of all who work in slices one goes on at a time, since they
 * would otherwise work one after the other in the same round. A call takes several rounds: work waits
 * for those that are under way, so that a call meets one slice and not one in each of its rounds.
 */
import { setImmediate as nextRound } from "node:timers/promises";

/** `event_interval` of Deno's tokio is 61. */
const ROUNDS = 64;
/** How long work waits for calls that come one after the other, in milliseconds. */
const PATIENCE = 3;

const waiting: (() => void)[] = [];
let isGoingRound = false;
let hasBegun = false;
let arrivals = 0;

/** Says that something came from a peer: work waits for what follows from it, at most 3 ms. Cheap. */
export function noteArrival(): void {
  arrivals++;
}

/**
 * For work that begins: undefined where nobody else works in slices, nor has begun just before, so that
 * it may go on at once; else as {@linkcode nextTurn}. Ten who begin together would otherwise each do
 * their first slice in the same turn.
 */
export function firstTurn(): Promise<void> | undefined {
  if (isGoingRound || hasBegun) return nextTurn();
  hasBegun = true;
  void nextRound().then(() => hasBegun = false);
  return undefined;
}

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
    const end = performance.now() + PATIENCE;
    let seen: number;
    do {
      seen = arrivals;
      for (let i = 0; i < ROUNDS; i++) await nextRound();
    } while (arrivals !== seen && performance.now() < end);
    waiting.shift()?.();
  }
  isGoingRound = false;
}
