/**
 * The deadlines of calls. Most calls end long before theirs, so a deadline costs no timer of its own:
 * those of the same 10 ms share a bucket, and one timer waits for the earliest.
 *
 * @module
 */

/** Something that must end in time. */
export interface Expiring {
  /** Milliseconds since the epoch. */
  readonly deadline: number | undefined;
  expire(): void;
}

const BUCKET_MS = 10;

/** The deadlines of one server. */
export class Deadlines {
  readonly #buckets = new Map<number, Set<Expiring>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Infinity;

  /** Calls `expire()` when the deadline has passed, at most 10 ms later. */
  add(expiring: Expiring): void {
    if (expiring.deadline === undefined) return;
    const at = bucketOf(expiring.deadline);
    const bucket = this.#buckets.get(at);
    if (bucket) bucket.add(expiring);
    else this.#buckets.set(at, new Set([expiring]));
    this.#wait(at);
  }

  /** Forgets one that has ended. */
  delete(expiring: Expiring): void {
    if (expiring.deadline === undefined) return;
    const at = bucketOf(expiring.deadline);
    const bucket = this.#buckets.get(at);
    bucket?.delete(expiring);
    if (bucket?.size === 0) this.#buckets.delete(at);
  }

  /** Ends the timer. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
    this.#buckets.clear();
  }

  #wait(at: number): void {
    if (at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.#look(), Math.max(0, at - Date.now()));
  }

  #look(): void {
    this.#timerAt = Infinity;
    const now = Date.now();
    let next = Infinity;
    for (const [at, bucket] of this.#buckets) {
      if (at > now) {
        next = Math.min(next, at);
        continue;
      }
      this.#buckets.delete(at);
      for (const expiring of bucket) expiring.expire();
    }
    if (next < Infinity) this.#wait(next);
  }
}

/** The end of the bucket that a time is in. */
function bucketOf(deadline: number): number {
  return Math.ceil(deadline / BUCKET_MS) * BUCKET_MS;
}
