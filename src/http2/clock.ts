/** Time, so that tests can make their own. */
export interface Clock {
  /** Milliseconds since some moment; they never go back. */
  now(): number;
  /** Calls `then` after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, then: () => void): () => void;
}

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
