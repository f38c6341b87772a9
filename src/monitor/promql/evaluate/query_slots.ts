/** Lets so many queries run at a time; the others wait their turn, first come, first served. */
export class QuerySlots {
  readonly #limit: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Takes a slot as soon as there is one; what it gives frees the slot again. Rejects with the
   * signal's reason once that is aborted.
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running < this.#limit) {
      this.#running++;
    } else {
      await new Promise<void>((resolve, reject) => {
        const start = () => {
          signal.removeEventListener("abort", stop);
          resolve();
        };
        const stop = () => {
          this.#waiting.delete(start);
          reject(signal.reason);
        };
        this.#waiting.add(start);
        signal.addEventListener("abort", stop, { once: true });
      });
    }
    return () => this.#free();
  }

  /** The slot goes from the one that ends to the one that has waited longest. */
  #free(): void {
    for (const next of this.#waiting) {
      this.#waiting.delete(next);
      next();
      return;
    }
    this.#running--;
  }
}
