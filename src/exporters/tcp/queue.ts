/**
 * Queues of limited length. One keeps what it has and refuses the new, the other lets the old go.
 *
 * @module
 */

/** A queue that is emptied at once; when it is full, what comes is refused. */
export class RefusingQueue<T> {
  readonly #limit: number;
  #items: T[] = [];

  /** `limit` is the number of items; `Infinity` for no limit. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds `item`, or returns false. */
  push(item: T): boolean {
    if (this.#items.length >= this.#limit) return false;
    this.#items.push(item);
    return true;
  }

  /** Everything in order; the queue is empty afterwards. */
  takeAll(): T[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }
}

/** A queue that is always able to take one more; when it is full, the oldest item makes room. */
export class SlidingQueue<T> {
  readonly #limit: number;
  #items: (T | undefined)[] = [];
  #start = 0;

  /** `limit` is the number of items; `Infinity` for no limit. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#items.length - this.#start;
  }

  /** Adds `item`; false when an older one was let go for it. */
  push(item: T): boolean {
    const full = this.length >= this.#limit;
    if (full) this.shift();
    this.#items.push(item);
    return !full;
  }

  /** The oldest item, left in place. */
  peek(): T | undefined {
    return this.#items[this.#start];
  }

  /** The oldest item, taken out. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#start];
    this.#items[this.#start++] = undefined;
    // Moving the rest to the front when half is used up costs each item one move on average.
    if (this.#start * 2 >= this.#items.length) {
      this.#items.splice(0, this.#start);
      this.#start = 0;
    }
    return item;
  }

  clear(): void {
    this.#items = [];
    this.#start = 0;
  }
}
