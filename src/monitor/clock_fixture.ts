import { nextTurn } from "../net/turns.ts";
import type { Clock } from "./clock.ts";

interface Sleeper {
  /** By the time that has passed, which setting the clock does not change. */
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #passed = 0;
  #offset: number;
  #sleepers: Sleeper[] = [];

  constructor(now: number) {
    this.#offset = now;
  }

  now(): number {
    return this.#passed + this.#offset;
  }

  /** Sets the time as a person would: who sleeps goes on sleeping. */
  set(now: number): void {
    this.#offset = now - this.#passed;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper = { until: this.#passed + ms, wake };
      this.#sleepers.push(sleeper);
      signal.addEventListener("abort", wake);
    });
  }

  /** Lets so much time pass, waking each sleeper at its time; resolves when all they do then is done. */
  async advance(ms: number): Promise<void> {
    const end = this.#passed + ms;
    await settle();
    for (;;) {
      const next = this.#sleepers.toSorted((a, b) => a.until - b.until)[0];
      if (next === undefined || next.until > end) break;
      this.#passed = Math.max(this.#passed, next.until);
      next.wake();
      await settle();
    }
    this.#passed = end;
  }
}

/** Some turns of the event loop, in which work without a network comes to its end. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await nextTurn();
}
