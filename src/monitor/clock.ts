/** The time, and waiting for it; tests have one of their own. */
export interface Clock {
  /** Milliseconds since the epoch, as a whole number. */
  now(): number;
  /** Resolves after so many milliseconds, and at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** What a timer can wait at most, in milliseconds: beyond that it fires at once. */
const LONGEST_SLEEP = 2 ** 31 - 1;

/** The machine's. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(ms, LONGEST_SLEEP));
      if (signal.aborted) done();
      else signal.addEventListener("abort", done);
    }),
};

/** When something that comes again and again is due. */
export interface Tick {
  /** Milliseconds; whole intervals lie between any two, unless the clock was set. */
  readonly due: number;
  /** How many came and went since the last one, because the work took so long. */
  readonly missed: number;
}

/**
 * Due times from `start` on, each when it has come. Work that takes longer than the interval does not
 * pile up: of what came meanwhile only the newest is given, at once, and the others are counted. Ends
 * when `signal` aborts.
 */
export async function* ticks(
  { start, intervalMs, clock, signal }: {
    readonly start: number;
    readonly intervalMs: number;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<Tick, void, void> {
  let due = start;
  while (!signal.aborted) {
    let now = clock.now();
    for (; now < due; now = clock.now()) {
      // A clock that was set back must not stop everything until it has caught up.
      due = Math.min(due, now + intervalMs);
      await clock.sleep(due - now, signal);
      if (signal.aborted) return;
    }
    const missed = Math.floor((now - due) / intervalMs);
    due += missed * intervalMs;
    yield { due, missed };
    due += intervalMs;
  }
}
