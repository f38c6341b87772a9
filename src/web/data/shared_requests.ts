interface Running {
  readonly answer: Promise<unknown>;
  readonly abandon: AbortController;
  waiting: number;
}

/**
 * Runs requests, at most `most` at a time, and those of the same key once: whoever asks while one is
 * under way gets its answer. A request ends when nobody waits for it any more.
 */
export class SharedRequests {
  readonly #running = new Map<string, Running>();
  readonly #queue: (() => void)[] = [];
  readonly #most: number;
  #active = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Rejects with the signal's reason as soon as it is aborted. */
  ask<T>(
    key: string,
    request: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const running = this.#running.get(key) ?? this.#start(key, request);
    running.waiting++;
    const answer = running.answer as Promise<T>;
    return signal === undefined ? answer : this.#orAborted(key, running, answer, signal);
  }

  #start<T>(key: string, request: (signal: AbortSignal) => Promise<T>): Running {
    const abandon = new AbortController();
    const answer = this.#inTurn(() => request(abandon.signal), abandon.signal);
    const running: Running = { answer, abandon, waiting: 0 };
    this.#running.set(key, running);
    const forget = () => this.#forget(key, running);
    answer.then(forget, forget);
    return running;
  }

  #orAborted<T>(
    key: string,
    running: Running,
    answer: Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (--running.waiting === 0) {
          this.#forget(key, running);
          running.abandon.abort(signal.reason);
        }
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
    });
  }

  #forget(key: string, running: Running): void {
    if (this.#running.get(key) === running) this.#running.delete(key);
  }

  async #inTurn<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#active >= this.#most) {
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else {
      this.#active++;
    }
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#active--;
      else next();
    }
  }
}
