/**
 * The deadlines of calls. Most calls end long before theirs, so a deadline costs no timer of its own:
 * those of the same 10 ms share a bucket, and one timer waits for the earliest.
 *
 * @module
 */

/** Something that must end in time. It is in one bucket at most, and knows its neighbours there. */
export interface Expiring {
  /** Milliseconds since the epoch. */
  readonly deadline: number | undefined;
  expire(): void;
  bucket?: Bucket | undefined;
  before?: Expiring | undefined;
  after?: Expiring | undefined;
}

/** Those whose deadlines are close together: a list, which keeps nothing of those that have left it. */
interface Bucket {
  readonly at: number;
  first: Expiring | undefined;
}

const BUCKET_MS = 10;

/** The deadlines of one server. */
export class Deadlines {
  readonly #buckets = new Map<number, Bucket>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Infinity;

  /** Calls `expire()` when the deadline has passed, at most 10 ms later. */
  add(expiring: Expiring): void {
    if (expiring.deadline === undefined) return;
    const at = bucketOf(expiring.deadline);
    let bucket = this.#buckets.get(at);
    if (bucket === undefined) this.#buckets.set(at, bucket = { at, first: undefined });
    const after = bucket.first;
    bucket.first = expiring;
    expiring.bucket = bucket;
    expiring.after = after;
    if (after !== undefined) after.before = expiring;
    this.#wait(at);
  }

  /** Forgets one that has ended. */
  delete(expiring: Expiring): void {
    const { bucket, before, after } = expiring;
    if (bucket === undefined) return;
    if (before !== undefined) before.after = after;
    else bucket.first = after;
    if (after !== undefined) after.before = before;
    expiring.bucket = expiring.before = expiring.after = undefined;
    if (bucket.first === undefined) this.#buckets.delete(bucket.at);
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
      for (let late = bucket.first; late !== undefined; late = bucket.first) {
        this.delete(late);
        late.expire();
      }
    }
    if (next < Infinity) this.#wait(next);
  }
}

/** The end of the bucket that a time is in. */
function bucketOf(deadline: number): number {
  return Math.ceil(deadline / BUCKET_MS) * BUCKET_MS;
}
